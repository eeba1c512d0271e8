/** An axis of a loop nest: its length, and the stride of every access along it. */
export interface LoopAxis {
  readonly length: number;
  readonly strides: readonly number[];
}

/** The axes of a loop nest, outermost first. Axes of length 1 are left out, neighbours that all accesses walk as one are joined. */
export function joinAxes(axes: readonly LoopAxis[]): readonly LoopAxis[] {
  const joined: LoopAxis[] = [];
  for (const axis of axes) {
    if (axis.length === 1) continue;
    const before = joined[joined.length - 1];
    if (before?.strides.every((stride, i) => stride === axis.strides[i]! * axis.length) === true) {
      joined[joined.length - 1] = { length: before.length * axis.length, strides: axis.strides };
    } else joined.push(axis);
  }
  return joined;
}

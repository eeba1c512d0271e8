/** The indices from <= index < to along every axis. */
export interface Box {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** All indices of a shape. */
export function boxOf(shape: readonly number[]): Box {
  return { from: shape.map(() => 0), to: shape };
}

/** How many indices it has along every axis. */
export function lengthsOf({ from, to }: Box): number[] {
  return from.map((start, axis) => to[axis]! - start);
}

export function intersect(a: Box, b: Box): Box {
  return {
    from: a.from.map((start, axis) => Math.max(start, b.from[axis]!)),
    to: a.to.map((end, axis) => Math.min(end, b.to[axis]!)),
  };
}

export function isEmpty({ from, to }: Box): boolean {
  return from.some((start, axis) => start >= to[axis]!);
}

/** Is every index of the first box in the second? */
export function isInside(inner: Box, outer: Box): boolean {
  return inner.from.every((start, axis) => start >= outer.from[axis]! && inner.to[axis]! <= outer.to[axis]!);
}

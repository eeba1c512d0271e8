import { ShapeError } from "../errors/index.js";

/** Lengths of the axes, outermost first; `[]` is a scalar. Storage is always row-major and contiguous. */
export type Shape = readonly number[];

/** No engine has longer typed arrays. */
const MOST = 2 ** 33;

/**
 * Number of elements: the product of the lengths (1 for a scalar).
 *
 * @example
 * ```ts
 * sizeOf([2, 3]); // => 6
 * sizeOf([]); // => 1
 * ```
 */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** Row-major strides, in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/**
 * Same rank and same lengths?
 *
 * @example
 * ```ts
 * sameShape([2, 3], [2, 3]); // => true
 * ```
 */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/**
 * `[2, 3]` as text, for messages.
 *
 * @example
 * ```ts
 * formatShape([2, 3]); // => "[2, 3]"
 * ```
 */
export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/**
 * NumPy's broadcasting: align at the last axis; lengths must agree or be 1.
 *
 * @example
 * ```ts
 * broadcastShapes([2, 1], [3], "example"); // => [2, 3]
 * ```
 */
export function broadcastShapes(a: Shape, b: Shape, where: string): Shape {
  if (sameShape(a, b) || b.length === 0) return a;
  if (a.length === 0) return b;
  const rank = Math.max(a.length, b.length);
  const result = new Array<number>(rank);
  for (let back = 1; back <= rank; back++) {
    const m = a[a.length - back] ?? 1;
    const n = b[b.length - back] ?? 1;
    if (m !== n && m !== 1 && n !== 1) {
      throw new ShapeError(
        `${where}: shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast: ` +
          `axis -${String(back)} has lengths ${String(m)} and ${String(n)}`,
      );
    }
    result[rank - back] = m === 1 ? n : m;
  }
  return result;
}

/** Refuses lengths that are not whole, non-negative numbers. */
export function checkShape(shape: Shape, where: string): void {
  if (!Array.isArray(shape)) {
    throw new ShapeError(`${where}: a shape is an array of lengths, such as [2, 3], got ${String(shape)}`);
  }
  for (const length of shape) {
    if (!Number.isSafeInteger(length) || length < 0) {
      throw new ShapeError(
        `${where}: ${formatShape(shape)} is not a shape: lengths are whole numbers from 0`,
      );
    }
  }
  if (sizeOf(shape) > MOST) {
    throw new ShapeError(
      `${where}: ${formatShape(shape)} has ${sizeOf(shape).toExponential(1)} elements, more than an array can hold`,
    );
  }
}

import type { TypedArray } from "../dtype/index.js";
import type { Shape } from "../shape/index.js";

/** The hot replacement of `stridedKernel`: out, of `shape`, reads x at offset + sum of index * stride. */
export function stridedRead(
  x: TypedArray,
  offset: number,
  shape: Shape,
  strides: readonly number[],
  out: TypedArray,
): void {
  walk(shape, strides, offset, (from, to, length, step) => {
    if (step === 1) out.set(x.subarray(from, from + length), to);
    else for (let i = 0; i < length; i++) out[to + i] = x[from + i * step]!;
  });
}

/** The hot replacement of `placeKernel`: writes x, of `shape`, into out at offset + sum of index * stride. */
export function stridedWrite(
  x: TypedArray,
  shape: Shape,
  offset: number,
  strides: readonly number[],
  out: TypedArray,
): void {
  walk(shape, strides, offset, (to, from, length, step) => {
    if (step === 1) out.set(x.subarray(from, from + length), to);
    else for (let i = 0; i < length; i++) out[to + i * step] = x[from + i]!;
  });
}

/** Adds x, of `shape`, to out at offset + sum of index * stride. */
export function stridedAdd(
  x: TypedArray,
  shape: Shape,
  offset: number,
  strides: readonly number[],
  out: TypedArray,
): void {
  walk(shape, strides, offset, (to, from, length, step) => {
    for (let i = 0; i < length; i++) out[to + i * step]! += x[from + i]!;
  });
}

/** Calls `row(strided position, contiguous position, length, stride)` for every innermost row. */
function walk(
  shape: Shape,
  strides: readonly number[],
  offset: number,
  row: (strided: number, contiguous: number, length: number, step: number) => void,
): void {
  const last = shape.length - 1;
  if (last < 0) {
    row(offset, 0, 1, 1);
    return;
  }
  const length = shape[last]!;
  let contiguous = 0;
  const visit = (axis: number, position: number): void => {
    if (axis === last) {
      if (length > 0) row(position, contiguous, length, strides[last]!);
      contiguous += length;
      return;
    }
    for (let i = 0; i < shape[axis]!; i++) visit(axis + 1, position + i * strides[axis]!);
  };
  visit(0, offset);
}

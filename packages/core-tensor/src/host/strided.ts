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
  const inner = contiguousAxes(shape, strides);
  const length = lengthFrom(inner, shape);
  if (length !== 1 || inner === 0) readRows(x, offset, shape, strides, 0, inner, length, 1, out, 0);
  else readRows(x, offset, shape, strides, 0, inner - 1, shape[inner - 1]!, strides[inner - 1]!, out, 0);
}

/** The hot replacement of `placeKernel`: writes x, of `shape`, into out at offset + sum of index * stride. */
export function stridedWrite(
  x: TypedArray,
  shape: Shape,
  offset: number,
  strides: readonly number[],
  out: TypedArray,
): void {
  const inner = contiguousAxes(shape, strides);
  const length = lengthFrom(inner, shape);
  if (length !== 1 || inner === 0) writeRows(x, 0, shape, strides, 0, inner, length, 1, out, offset);
  else writeRows(x, 0, shape, strides, 0, inner - 1, shape[inner - 1]!, strides[inner - 1]!, out, offset);
}

/** Adds x, of `shape`, to out at offset + sum of index * stride. */
export function stridedAdd(
  x: TypedArray,
  shape: Shape,
  offset: number,
  strides: readonly number[],
  out: TypedArray,
): void {
  addRows(x, 0, shape, strides, 0, out, offset);
}

/** The first of the last axes whose elements follow each other on both sides: together they are one row. */
function contiguousAxes(shape: Shape, strides: readonly number[]): number {
  let length = 1;
  let axis = shape.length;
  for (; axis > 0; axis--) {
    if (shape[axis - 1] !== 1 && strides[axis - 1] !== length) break;
    length *= shape[axis - 1]!;
  }
  return axis;
}

function lengthFrom(first: number, shape: Shape): number {
  let length = 1;
  for (let axis = first; axis < shape.length; axis++) length *= shape[axis]!;
  return length;
}

/** Copies rows for every index of the axes before `end`; returns where the next one is written. */
function readRows(
  x: TypedArray,
  from: number,
  shape: Shape,
  strides: readonly number[],
  axis: number,
  end: number,
  length: number,
  step: number,
  out: TypedArray,
  to: number,
): number {
  if (axis === end) {
    if (step === 1) copyRow(x, from, length, out, to);
    else for (let i = 0; i < length; i++) out[to + i] = x[from + i * step]!;
    return to + length;
  }
  let next = to;
  for (let i = 0; i < shape[axis]!; i++) {
    next = readRows(x, from + i * strides[axis]!, shape, strides, axis + 1, end, length, step, out, next);
  }
  return next;
}

/** Copies rows for every index of the axes before `end`; returns where the next one is read. */
function writeRows(
  x: TypedArray,
  from: number,
  shape: Shape,
  strides: readonly number[],
  axis: number,
  end: number,
  length: number,
  step: number,
  out: TypedArray,
  to: number,
): number {
  if (axis === end) {
    if (step === 1) copyRow(x, from, length, out, to);
    else for (let i = 0; i < length; i++) out[to + i * step] = x[from + i]!;
    return from + length;
  }
  let next = from;
  for (let i = 0; i < shape[axis]!; i++) {
    next = writeRows(x, next, shape, strides, axis + 1, end, length, step, out, to + i * strides[axis]!);
  }
  return next;
}

/** Adds what follows in x for every index of the axes from `axis` on; returns where the next one is read. */
function addRows(
  x: TypedArray,
  from: number,
  shape: Shape,
  strides: readonly number[],
  axis: number,
  out: TypedArray,
  to: number,
): number {
  if (axis === shape.length) {
    out[to]! += x[from]!;
    return from + 1;
  }
  const [length, step] = [shape[axis]!, strides[axis]!];
  if (axis === shape.length - 1) {
    for (let i = 0; i < length; i++) out[to + i * step]! += x[from + i]!;
    return from + length;
  }
  let next = from;
  for (let i = 0; i < length; i++) next = addRows(x, next, shape, strides, axis + 1, out, to + i * step);
  return next;
}

/** A view of a row, which the engine's copy of memory takes, costs as much as this many elements in a loop. */
const LONG = 256;

/** out[to + i] = x[from + i] for i < length */
export function copyRow(x: TypedArray, from: number, length: number, out: TypedArray, to: number): void {
  if (length === x.length) out.set(x, to);
  else if (length >= LONG) out.set(x.subarray(from, from + length), to);
  else for (let i = 0; i < length; i++) out[to + i] = x[from + i]!;
}

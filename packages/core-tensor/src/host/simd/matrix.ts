import type { TypedArray } from "../../dtype/index.js";
import { residentCopies, views } from "../../simd/index.js";

export type Floats = Float64Array | Float32Array;

export function isFloats(x: TypedArray): x is Floats {
  return x instanceof Float64Array || x instanceof Float32Array;
}

/** A matrix in an array: element (i, j) is at start + i * row + j * column; one of the two distances is 1. */
export interface Matrix {
  readonly array: Floats;
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
  readonly row: number;
  readonly column: number;
  /** Where a copy of the whole array lies in the kernels' memory, if there is one. */
  readonly resident: number | undefined;
}

/** A matrix in the kernels' memory: an offset and distances in bytes. */
export interface Placed {
  readonly offset: number;
  readonly row: number;
  readonly column: number;
}

/** The kernels' memory as the type of array that `array` is. */
export function memoryLike(array: Floats): Floats {
  return array instanceof Float64Array ? views().float64 : views().float32;
}

/** Bytes for `count` elements, rounded up so that what follows begins at a cache line. */
export function room(count: number, array: Floats): number {
  return Math.ceil((count * array.BYTES_PER_ELEMENT) / 64) * 64;
}

/** To copy fewer elements one by one takes less than to make a view of them. */
const ONE_BY_ONE = 24;

/** Copies `count` elements from `start` on to `at`. */
export function copy(from: Floats, start: number, count: number, to: Floats, at: number): void {
  if (count < ONE_BY_ONE) for (let i = 0; i < count; i++) to[at + i] = from[start + i]!;
  else to.set(start === 0 && count === from.length ? from : from.subarray(start, start + count), at);
}

/** Copies of arrays of this many bytes are kept. */
const LARGE = 2 ** 14;

/** Where a copy of an array that is an operand again lies in the kernels' memory. Counts as one use. */
export function residentOf(array: Floats, worthwhile?: number): number | undefined {
  return array.byteLength >= LARGE ? residentCopies.offsetOf(array, worthwhile) : undefined;
}

/** Elements of a matrix that are copied and multiplied at once: they stay in the second-level cache. */
export const PART = 2 ** 14;
/**
 * Lines that the kernels work on together: shorter parts waste them. `PART / TOGETHER` elements are whole cache lines, for
 * `wide` adds to whole lines of results: what lies behind the end of a part must not be the beginning of the next.
 */
const TOGETHER = 8;

/** How many contiguous lines, and how much of each, are worked on at once: all of a resident matrix. */
function partOf(matrix: Matrix, lines: number, length: number): [number, number] {
  if (matrix.resident !== undefined) return [lines, length];
  const short = Math.min(length, PART / TOGETHER);
  return [Math.max(TOGETHER, Math.floor(PART / short / TOGETHER) * TOGETHER), short];
}

/** x^T B = (B^T x)^T */
export function transposed(matrix: Matrix): Matrix {
  const { rows, columns, row, column } = matrix;
  return { ...matrix, rows: columns, columns: rows, row: column, column: row };
}

/** Brings a part of a matrix into the memory at `to`, unless it is there already; says where it is. */
export function place(
  matrix: Matrix,
  i: number,
  rows: number,
  j: number,
  columns: number,
  to: number,
): Placed {
  const { array, resident, row, column } = matrix;
  const size = array.BYTES_PER_ELEMENT;
  const from = matrix.start + i * row + j * column;
  if (resident !== undefined) {
    return { offset: resident + from * size, row: row * size, column: column * size };
  }
  if (column === 1) {
    copyLines(array, from, rows, columns, row, to);
    return { offset: to, row: columns * size, column: size };
  }
  copyLines(array, from, columns, rows, column, to);
  return { offset: to, row: size, column: rows * size };
}

/** Copies `count` lines of `length` elements, `distance` apart, one after the other. */
function copyLines(
  array: Floats,
  from: number,
  count: number,
  length: number,
  distance: number,
  to: number,
): void {
  const memory = memoryLike(array);
  const first = to / array.BYTES_PER_ELEMENT;
  if (length === distance) {
    copy(array, from, count * length, memory, first);
    return;
  }
  for (let line = 0; line < count; line++) {
    copy(array, from + line * distance, length, memory, first + line * length);
  }
}

/** A part of a matrix that is in the memory: lines i, i + 1, ... of so many, and of each elements l, l + 1, ... */
type UsePart = (part: Placed, i: number, lines: number, l: number, length: number) => void;

/** Brings the rows, contiguous ones, of a matrix into the memory at `to`, part by part, each used before the next. */
export function eachPartOfRows(matrix: Matrix, to: number, use: UsePart): void {
  const { rows, columns } = matrix;
  const [count, most] = partOf(matrix, rows, columns);
  for (let i = 0; i < rows; i += count) {
    const lines = Math.min(count, rows - i);
    for (let l = 0; l < columns; l += most) {
      const length = Math.min(most, columns - l);
      use(place(matrix, i, lines, l, length, to), i, lines, l, length);
    }
  }
}

/** The same of the columns, contiguous ones: lines are columns, and those of one stretch of rows come before the next. */
export function eachPartOfColumns(matrix: Matrix, to: number, use: UsePart): void {
  const { rows, columns } = matrix;
  const [count, most] = partOf(matrix, columns, rows);
  for (let l = 0; l < rows; l += most) {
    const length = Math.min(most, rows - l);
    for (let i = 0; i < columns; i += count) {
      const lines = Math.min(count, columns - i);
      use(place(matrix, l, length, i, lines, to), i, lines, l, length);
    }
  }
}

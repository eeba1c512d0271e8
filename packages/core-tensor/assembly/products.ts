import { columns } from "./products/columns";
import { gemm, WORK } from "./products/gemm";
import { pack } from "./products/pack";
import { dot, sum, SUM_WORK } from "./products/sum";
import { tall, TALL_WORK } from "./products/tall";
import { wide, WIDE_WORK } from "./products/wide";

/*
 * Sizes count elements; offsets and distances are in bytes. All kernels add to their output, so that a sum can be continued.
 */

/** Bytes of work space of a matrix product. */
export function gemmWork(): usize {
  return WORK;
}

export function gemm64(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  rowA: usize,
  innerA: usize,
  b: usize,
  innerB: usize,
  columnB: usize,
  c: usize,
  rowC: usize,
  work: usize,
): void {
  gemm<f64>(m, n, k, a, rowA, innerA, b, innerB, columnB, c, rowC, 1, work);
}

export function gemm32(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  rowA: usize,
  innerA: usize,
  b: usize,
  innerB: usize,
  columnB: usize,
  c: usize,
  rowC: usize,
  work: usize,
): void {
  gemm<f32>(m, n, k, a, rowA, innerA, b, innerB, columnB, c, rowC, 1, work);
}

/** C -= A B, for factorisations and triangles, whose modules import it. */
export function subtract64(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  rowA: usize,
  innerA: usize,
  b: usize,
  innerB: usize,
  columnB: usize,
  c: usize,
  rowC: usize,
  work: usize,
): void {
  gemm<f64>(m, n, k, a, rowA, innerA, b, innerB, columnB, c, rowC, -1, work);
}

export function subtract32(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  rowA: usize,
  innerA: usize,
  b: usize,
  innerB: usize,
  columnB: usize,
  c: usize,
  rowC: usize,
  work: usize,
): void {
  gemm<f32>(m, n, k, a, rowA, innerA, b, innerB, columnB, c, rowC, -1, work);
}

/** Bytes of work space of a product with few rows or columns. */
export function narrowWork(): usize {
  return max(TALL_WORK, WIDE_WORK);
}

export function tall64(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  rowA: usize,
  b: usize,
  innerB: usize,
  columnB: usize,
  c: usize,
  rowC: usize,
  work: usize,
): void {
  tall<f64>(m, n, k, a, rowA, b, innerB, columnB, c, rowC, work);
}

export function tall32(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  rowA: usize,
  b: usize,
  innerB: usize,
  columnB: usize,
  c: usize,
  rowC: usize,
  work: usize,
): void {
  tall<f32>(m, n, k, a, rowA, b, innerB, columnB, c, rowC, work);
}

export function wide64(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  rowA: usize,
  innerA: usize,
  b: usize,
  innerB: usize,
  c: usize,
  rowC: usize,
  work: usize,
): void {
  wide<f64>(m, n, k, a, rowA, innerA, b, innerB, c, rowC, work);
}

export function wide32(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  rowA: usize,
  innerA: usize,
  b: usize,
  innerB: usize,
  c: usize,
  rowC: usize,
  work: usize,
): void {
  wide<f32>(m, n, k, a, rowA, innerA, b, innerB, c, rowC, work);
}

export function pack64(
  from: usize,
  line: usize,
  step: usize,
  count: usize,
  length: usize,
  width: usize,
  to: usize,
): void {
  pack<f64>(from, line, step, count, length, width, 1, to);
}

export function pack32(
  from: usize,
  line: usize,
  step: usize,
  count: usize,
  length: usize,
  width: usize,
  to: usize,
): void {
  pack<f32>(from, line, step, count, length, width, 1, to);
}

export { rows64, rows32 } from "./products/rows";

export function columns64(n: usize, k: usize, a: usize, row: usize, x: usize, step: usize, y: usize): void {
  columns<f64>(n, k, a, row, x, step, y);
}

export function columns32(n: usize, k: usize, a: usize, row: usize, x: usize, step: usize, y: usize): void {
  columns<f32>(n, k, a, row, x, step, y);
}

export { max32, max64, min32, min64 } from "./products/extremum";

export function sum64(outer: usize, length: usize, inner: usize, x: usize, y: usize, work: usize): void {
  sum<f64>(outer, length, inner, x, y, work);
}

export function sum32(outer: usize, length: usize, inner: usize, x: usize, y: usize, work: usize): void {
  sum<f32>(outer, length, inner, x, y, work);
}

export function dot64(length: usize, a: usize, b: usize, y: usize, work: usize): void {
  dot<f64>(length, a, b, y, work);
}

export function dot32(length: usize, a: usize, b: usize, y: usize, work: usize): void {
  dot<f32>(length, a, b, y, work);
}

/** Bytes of work space of sums and of products of vectors. */
export function sumWork(): usize {
  return SUM_WORK;
}

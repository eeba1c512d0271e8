import { columns } from "./products/columns";
import { gemm, WORK } from "./products/gemm";
import { SUM_WORK } from "./products/sum";

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

export { rows64, rows32 } from "./products/rows";

export function columns64(n: usize, k: usize, a: usize, row: usize, x: usize, step: usize, y: usize): void {
  columns<f64>(n, k, a, row, x, step, y);
}

export function columns32(n: usize, k: usize, a: usize, row: usize, x: usize, step: usize, y: usize): void {
  columns<f32>(n, k, a, row, x, step, y);
}

export { sum as sum64 } from "./products/sum";

/** Bytes of work space of a sum. */
export function sumWork(): usize {
  return SUM_WORK;
}

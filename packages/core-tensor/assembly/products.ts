import { columns } from "./products/columns";
import { SUM_WORK } from "./products/sum";
import { gemm, WORK } from "./products/gemm";

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

/** What a copy through vectors reaches: the measure for products that memory limits. */
export function copy(bytes: usize, from: usize, to: usize): void {
  for (let i: usize = 0; i < bytes; i += 64) {
    v128.store(to + i, v128.load(from + i));
    v128.store(to + i, v128.load(from + i, 16), 16);
    v128.store(to + i, v128.load(from + i, 32), 32);
    v128.store(to + i, v128.load(from + i, 48), 48);
  }
}

export { sum as sum64 } from "./products/sum";

/** Bytes of work space of a sum. */
export function sumWork(): usize {
  return SUM_WORK;
}

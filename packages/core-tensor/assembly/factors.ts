import { cholesky } from "./factors/cholesky";
import { lu } from "./factors/lu";
import { WORK } from "./products/gemm";

/** Bytes of work space of each kernel. */
export function factorWork(): usize {
  return WORK + 32 * 8;
}

export function cholesky64(n: usize, a: usize, work: usize): usize {
  return cholesky<f64>(n, a, work);
}

export function cholesky32(n: usize, a: usize, work: usize): usize {
  return cholesky<f32>(n, a, work);
}

export function lu64(n: usize, a: usize, order: usize, work: usize): void {
  lu<f64>(n, a, order, work);
}

export function lu32(n: usize, a: usize, order: usize, work: usize): void {
  lu<f32>(n, a, order, work);
}

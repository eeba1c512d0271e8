import { solveTriangle } from "./factors/triangular";
import { solveVector } from "./factors/triangular-vector";
import { WORK } from "./products/gemm";

/** Bytes of work space. */
export function triangleWork(): usize {
  return WORK + 32 * 8;
}

export function solveTriangle64(
  n: usize,
  m: usize,
  t: usize,
  row: usize,
  column: usize,
  lower: bool,
  unit: bool,
  x: usize,
  work: usize,
): void {
  solveTriangle<f64>(n, m, t, row, column, lower, unit, x, work);
}

export function solveTriangle32(
  n: usize,
  m: usize,
  t: usize,
  row: usize,
  column: usize,
  lower: bool,
  unit: bool,
  x: usize,
  work: usize,
): void {
  solveTriangle<f32>(n, m, t, row, column, lower, unit, x, work);
}

export function solveVector64(
  n: usize,
  t: usize,
  row: usize,
  column: usize,
  lower: bool,
  unit: bool,
  x: usize,
): void {
  solveVector<f64>(n, t, row, column, lower, unit, x);
}

export function solveVector32(
  n: usize,
  t: usize,
  row: usize,
  column: usize,
  lower: bool,
  unit: bool,
  x: usize,
): void {
  solveVector<f32>(n, t, row, column, lower, unit, x);
}

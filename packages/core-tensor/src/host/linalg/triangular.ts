import type { TypedArray } from "../../dtype/index.js";

/** The lower or upper triangle of a matrix, or the transpose of it; a unit diagonal is taken as ones. */
export interface Triangle {
  readonly lower: boolean;
  readonly transpose: boolean;
  readonly unitDiagonal: boolean;
}

/**
 * Solves T X = B in place for one n x n triangle at `a[start]` and right-hand sides x[startX], n x m. Each unknown
 * subtracts the ones before it in the order in which they are found: upwards for a lower triangle, downwards for an upper.
 */
export function solveTriangle(
  a: TypedArray,
  start: number,
  n: number,
  { lower, transpose, unitDiagonal }: Triangle,
  x: TypedArray,
  startX: number,
  m: number,
): void {
  const forward = lower !== transpose;
  // An upper triangle is a lower one seen from its last element, with negative distances.
  const sign = forward ? 1 : -1;
  const row = sign * (transpose ? 1 : n);
  const column = sign * (transpose ? n : 1);
  const corner = forward ? start : start + n * n - 1;
  const first = forward ? startX : startX + (n - 1) * m;
  if (m === 1 && x instanceof Float64Array) {
    solveVector(a, corner, n, row, column, unitDiagonal, x, first, sign);
    return;
  }
  const step = sign * m;
  for (let i = 0; i < n; i++) {
    const target = first + i * step;
    for (let k = 0; k < i; k++) {
      const factor = a[corner + i * row + k * column]!;
      const source = first + k * step;
      for (let j = 0; j < m; j++) x[target + j]! -= factor * x[source + j]!;
    }
    if (unitDiagonal) continue;
    const pivot = a[corner + i * (row + column)]!;
    for (let j = 0; j < m; j++) x[target + j]! /= pivot;
  }
}

/** One right-hand side of float64: what is left of an element is a variable, not a store and a load for each product. */
function solveVector(
  a: TypedArray,
  corner: number,
  n: number,
  row: number,
  column: number,
  unitDiagonal: boolean,
  x: Float64Array,
  first: number,
  step: number,
): void {
  for (let i = 0; i < n; i++) {
    let at = corner + i * row;
    let rest = x[first + i * step]!;
    for (let k = 0; k < i; k++, at += column) rest -= a[at]! * x[first + k * step]!;
    x[first + i * step] = unitDiagonal ? rest : rest / a[at]!;
  }
}

import type { TypedArray } from "../../dtype/index.js";
import { subtractScaled } from "./subtract.js";

/**
 * Factors one n x n matrix in place: P A = L U with partial pivoting, L below the diagonal (unit), U on and above it.
 * `order[start + i]` receives the row of A that became row i. Backward stable in practice (Golub & Van Loan, 3.4).
 * A zero pivot is left in place: the caller decides what a singular matrix means.
 */
export function factorLu(
  a: TypedArray,
  start: number,
  n: number,
  order: TypedArray,
  startOrder: number,
): void {
  for (let i = 0; i < n; i++) order[startOrder + i] = i;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(a[start + i * n + k]!) > Math.abs(a[start + pivot * n + k]!)) pivot = i;
    }
    if (pivot !== k) swapRows(a, start, n, order, startOrder, k, pivot);
    const diagonal = a[start + k * n + k]!;
    for (let i = k + 1; i < n; i++) {
      const row = start + i * n;
      if (diagonal !== 0) a[row + k]! /= diagonal;
      subtractScaled(n - k - 1, a[row + k]!, a, start + k * n + k + 1, a, row + k + 1);
    }
  }
}

function swapRows(
  a: TypedArray,
  start: number,
  n: number,
  order: TypedArray,
  startOrder: number,
  i: number,
  k: number,
): void {
  for (let j = 0; j < n; j++) {
    const value = a[start + i * n + j]!;
    a[start + i * n + j] = a[start + k * n + j]!;
    a[start + k * n + j] = value;
  }
  const index = order[startOrder + i]!;
  order[startOrder + i] = order[startOrder + k]!;
  order[startOrder + k] = index;
}

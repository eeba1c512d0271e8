import type { TypedArray } from "../../dtype/index.js";

/**
 * Factors one n x n matrix in place: A = L L^T, reading the lower triangle and clearing the upper one.
 * Returns the number of the first leading minor that is not positive, or 0.
 */
export function factorCholesky(a: TypedArray, start: number, n: number): number {
  for (let j = 0; j < n; j++) {
    const rowJ = start + j * n;
    let diagonal = a[rowJ + j]!;
    for (let k = 0; k < j; k++) diagonal -= a[rowJ + k]! * a[rowJ + k]!;
    if (!(diagonal > 0)) return j + 1;
    const root = Math.sqrt(diagonal);
    a[rowJ + j] = root;
    for (let i = j + 1; i < n; i++) {
      const rowI = start + i * n;
      let value = a[rowI + j]!;
      for (let k = 0; k < j; k++) value -= a[rowI + k]! * a[rowJ + k]!;
      a[rowI + j] = value / root;
    }
    for (let i = 0; i < j; i++) a[start + i * n + j] = 0;
  }
  return 0;
}

import type { TypedArray } from "../../dtype/index.js";
import { subtractProducts } from "./subtract.js";

/**
 * Factors one n x n matrix in place: A = L L^T, reading the lower triangle and clearing the upper one.
 * Returns the number of the first leading minor that is not positive, or 0.
 */
export function factorCholesky(a: TypedArray, start: number, n: number): number {
  for (let j = 0; j < n; j++) {
    const rowJ = start + j * n;
    const diagonal = subtractProducts(a[rowJ + j]!, j, a, rowJ, 1, a, rowJ, 1);
    if (!(diagonal > 0)) return j + 1;
    a[rowJ + j] = Math.sqrt(diagonal);
    const root = a[rowJ + j]!;
    for (let i = j + 1; i < n; i++) {
      const rowI = start + i * n;
      a[rowI + j] = subtractProducts(a[rowI + j]!, j, a, rowI, 1, a, rowJ, 1) / root;
    }
    for (let i = 0; i < j; i++) a[start + i * n + j] = 0;
  }
  return 0;
}

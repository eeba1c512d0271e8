import type { TypedArray } from "../../dtype/index.js";
import { subtractProducts } from "./subtract.js";

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
  const step = sign * m;
  for (let i = 0; i < n; i++) {
    const line = corner + i * row;
    const pivot = a[line + i * column]!;
    for (let target = first + i * step, j = 0; j < m; j++, target++) {
      const rest = subtractProducts(x[target]!, i, a, line, column, x, first + j, step);
      x[target] = unitDiagonal ? rest : rest / pivot;
    }
  }
}

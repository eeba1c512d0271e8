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
  const row = transpose ? 1 : n;
  const column = transpose ? n : 1;
  const forward = lower !== transpose;
  for (let step = 0; step < n; step++) {
    const i = forward ? step : n - 1 - step;
    const target = startX + i * m;
    for (let found = 0; found < step; found++) {
      const k = forward ? found : n - 1 - found;
      const factor = a[start + i * row + k * column]!;
      const source = startX + k * m;
      for (let j = 0; j < m; j++) x[target + j]! -= factor * x[source + j]!;
    }
    if (unitDiagonal) continue;
    const pivot = a[start + i * n + i]!;
    for (let j = 0; j < m; j++) x[target + j]! /= pivot;
  }
}

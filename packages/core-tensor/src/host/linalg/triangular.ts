import type { TypedArray } from "../../dtype/index.js";

/**
 * Solves T X = B in place for one n x n triangle at `a[start]` and right-hand sides x[startX], n x m.
 * T is the lower or upper triangle of A, or the transpose of it; `unit` takes its diagonal as ones.
 */
export function solveTriangle(
  a: TypedArray,
  start: number,
  n: number,
  { lower, transpose, unitDiagonal }: { lower: boolean; transpose: boolean; unitDiagonal: boolean },
  x: TypedArray,
  startX: number,
  m: number,
): void {
  const row = transpose ? 1 : n;
  const column = transpose ? n : 1;
  const forward = lower !== transpose;
  for (let step = 0; step < n; step++) {
    const i = forward ? step : n - 1 - step;
    const from = forward ? 0 : i + 1;
    const to = forward ? i : n;
    const target = startX + i * m;
    for (let k = from; k < to; k++) {
      const factor = a[start + i * row + k * column]!;
      if (factor === 0) continue;
      const source = startX + k * m;
      for (let j = 0; j < m; j++) x[target + j]! -= factor * x[source + j]!;
    }
    if (unitDiagonal) continue;
    const pivot = a[start + i * n + i]!;
    for (let j = 0; j < m; j++) x[target + j]! /= pivot;
  }
}

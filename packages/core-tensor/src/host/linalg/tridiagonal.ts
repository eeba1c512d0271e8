import type { TypedArray } from "../../dtype/index.js";

/**
 * The bands of one matrix: sub[i] = T[i + 1, i], diagonal[i] = T[i, i], above[i] = T[i, i + 1]. They are overwritten; `fill`
 * is room for one more.
 */
export interface Bands {
  readonly sub: Float64Array;
  readonly diagonal: Float64Array;
  readonly above: Float64Array;
  readonly fill: Float64Array;
}

/**
 * Solves T X = B in place, x[start] being n x m, by elimination with partial pivoting, which fills one more band above
 * (LAPACK's `dgtsv`). Returns the number of the first pivot that is zero, counted from 1, or 0.
 */
export function solveTridiagonal(
  { sub, diagonal, above, fill }: Bands,
  x: TypedArray,
  start: number,
  m: number,
): number {
  const n = diagonal.length;
  for (let i = 0; i + 1 < n; i++) {
    const row = start + i * m;
    if (Math.abs(diagonal[i]!) >= Math.abs(sub[i]!)) {
      if (diagonal[i] === 0) return i + 1;
      const factor = sub[i]! / diagonal[i]!;
      diagonal[i + 1]! -= factor * above[i]!;
      for (let j = 0; j < m; j++) x[row + m + j]! -= factor * x[row + j]!;
      continue;
    }
    const factor = diagonal[i]! / sub[i]!;
    const next = diagonal[i + 1]!;
    diagonal[i] = sub[i]!;
    diagonal[i + 1] = above[i]! - factor * next;
    above[i] = next;
    if (i + 2 < n) {
      fill[i] = above[i + 1]!;
      above[i + 1] = 0 - factor * above[i + 1]!;
    }
    for (let j = 0; j < m; j++) {
      const value = x[row + j]!;
      x[row + j] = x[row + m + j]!;
      x[row + m + j] = value - factor * x[row + j]!;
    }
  }
  if (n > 0 && diagonal[n - 1] === 0) return n;
  for (let i = n - 1; i >= 0; i--) {
    const row = start + i * m;
    for (let j = 0; j < m; j++) {
      let value = x[row + j]!;
      if (i + 1 < n) value -= above[i]! * x[row + m + j]!;
      if (i + 2 < n) value -= fill[i]! * x[row + 2 * m + j]!;
      x[row + j] = value / diagonal[i]!;
    }
  }
  return 0;
}

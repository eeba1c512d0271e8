import type { TypedArray } from "../../dtype/index.js";
import { copyRow } from "../strided.js";

/**
 * Writes the rows and columns of one n x n matrix, in the order of complete pivoting, to `rows` and `columns` from `to` on.
 * Returns how many pivots stand above rounding, n eps times the largest element: the numerical rank; n where one is not
 * finite.
 */
export type CompletePivoter = (
  a: TypedArray,
  start: number,
  rows: TypedArray,
  columns: TypedArray,
  to: number,
) => number;

/** Gaussian elimination with the largest remaining element as pivot (Golub & Van Loan, 3.4), in memory of its own. */
export function completePivoter(n: number, epsilon: number): CompletePivoter {
  const work = new Float64Array(n * n);
  return (a, start, rows, columns, to) => {
    copyRow(a, start, n * n, work, 0);
    for (let i = 0; i < n; i++) rows[to + i] = columns[to + i] = i;
    return work.every(Number.isFinite) ? eliminate(work, n, epsilon, rows, columns, to) : n;
  };
}

function eliminate(
  work: Float64Array,
  n: number,
  epsilon: number,
  rows: TypedArray,
  columns: TypedArray,
  to: number,
): number {
  let first = 0;
  for (let k = 0; k < n; k++) {
    let [row, column, largest] = [k, k, -1];
    for (let i = k; i < n; i++) {
      for (let j = k; j < n; j++) {
        const magnitude = Math.abs(work[rows[to + i]! * n + columns[to + j]!]!);
        if (magnitude > largest) [row, column, largest] = [i, j, magnitude];
      }
    }
    if (k === 0) first = largest;
    if (largest <= n * epsilon * first) return k;
    swap(rows, to + k, to + row);
    swap(columns, to + k, to + column);
    const pivotRow = rows[to + k]! * n;
    const pivotColumn = columns[to + k]!;
    const pivot = work[pivotRow + pivotColumn]!;
    for (let i = k + 1; i < n; i++) {
      const target = rows[to + i]! * n;
      const factor = work[target + pivotColumn]! / pivot;
      for (let j = k + 1; j < n; j++) {
        const at = columns[to + j]!;
        work[target + at]! -= factor * work[pivotRow + at]!;
      }
    }
  }
  return n;
}

function swap(order: TypedArray, i: number, j: number): void {
  const other = order[i]!;
  order[i] = order[j]!;
  order[j] = other;
}

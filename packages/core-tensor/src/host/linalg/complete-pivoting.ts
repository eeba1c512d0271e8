import type { TypedArray } from "../../dtype/index.js";

/** Rows and columns of a square matrix in the order of complete pivoting. */
export interface Pivoting {
  readonly rows: number[];
  readonly columns: number[];
  /** How many pivots stand above rounding, n eps times the largest element: the numerical rank; n where one is not finite. */
  readonly rank: number;
}

/** Gaussian elimination of one n x n matrix with the largest remaining element as pivot (Golub & Van Loan, 3.4). */
export function pivotCompletely(a: TypedArray, start: number, n: number, epsilon: number): Pivoting {
  const work = Float64Array.from(a.subarray(start, start + n * n));
  const rows = Array.from({ length: n }, (_, i) => i);
  const columns = rows.slice();
  if (!work.every(Number.isFinite)) return { rows, columns, rank: n };
  let first = 0;
  for (let k = 0; k < n; k++) {
    let [row, column, largest] = [k, k, -1];
    for (let i = k; i < n; i++) {
      for (let j = k; j < n; j++) {
        const magnitude = Math.abs(work[rows[i]! * n + columns[j]!]!);
        if (magnitude > largest) [row, column, largest] = [i, j, magnitude];
      }
    }
    if (k === 0) first = largest;
    if (largest <= n * epsilon * first) return { rows, columns, rank: k };
    for (const [order, other] of [
      [rows, row],
      [columns, column],
    ] as const) {
      [order[k], order[other]] = [order[other]!, order[k]!];
    }
    const pivotRow = rows[k]! * n;
    const pivot = work[pivotRow + columns[k]!]!;
    for (let i = k + 1; i < n; i++) {
      const target = rows[i]! * n;
      const factor = work[target + columns[k]!]! / pivot;
      for (let j = k + 1; j < n; j++) work[target + columns[j]!]! -= factor * work[pivotRow + columns[j]!]!;
    }
  }
  return { rows, columns, rank: n };
}

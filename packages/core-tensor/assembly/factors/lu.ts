import { gemm } from "../products/gemm";
import { subtractScaled } from "./subtract";

/** Columns that are factored before the rest of the matrix is updated by one product. */
const PANEL: usize = 32;

/**
 * P A = L U in place, rows of A n elements long; order[i] (int32) is the row of A that became row i. A zero pivot stays.
 *
 * Golub and Van Loan, 3.2.11 (right-looking, by blocks). Each element subtracts its products l[i, k] u[k, j] with k upwards,
 * as in the plain loop.
 */
export function lu(n: usize, a: usize, order: usize, work: usize): void {
  for (let i: usize = 0; i < n; i++) store<i32>(order + i * 4, i32(i));
  const row = n * 8;
  for (let from: usize = 0; from < n; from += PANEL) {
    const to = min(n, from + PANEL);
    for (let k = from; k < to; k++) eliminate(n, a, order, k, to);
    if (to === n) return;
    // The rows of U beside the panel, then the rest of the matrix.
    const beside = a + to * 8;
    for (let k = from; k < to; k++) {
      for (let i = k + 1; i < to; i++) {
        subtractScaled(n - to, load<f64>(a + i * row + k * 8), beside + k * row, beside + i * row);
      }
    }
    const below = a + to * row;
    gemm<f64>(
      n - to,
      n - to,
      to - from,
      below + from * 8,
      row,
      8,
      beside + from * row,
      row,
      8,
      below + to * 8,
      row,
      -1,
      work,
    );
  }
}

/** Step k of the elimination, in the columns before `to`. */
function eliminate(n: usize, a: usize, order: usize, k: usize, to: usize): void {
  const row = n * 8;
  const pivotRow = a + k * row;
  let pivot = k;
  for (let i = k + 1; i < n; i++) {
    if (abs(load<f64>(a + i * row + k * 8)) > abs(load<f64>(a + pivot * row + k * 8))) pivot = i;
  }
  if (pivot !== k) {
    swap(row, pivotRow, a + pivot * row);
    const index = load<i32>(order + k * 4);
    store<i32>(order + k * 4, load<i32>(order + pivot * 4));
    store<i32>(order + pivot * 4, index);
  }
  const diagonal = load<f64>(pivotRow + k * 8);
  for (let i = k + 1; i < n; i++) {
    const target = a + i * row + k * 8;
    const factor = diagonal === 0 ? load<f64>(target) : load<f64>(target) / diagonal;
    store<f64>(target, factor);
    subtractScaled(to - k - 1, factor, pivotRow + k * 8 + 8, target + 8);
  }
}

function swap(bytes: usize, one: usize, other: usize): void {
  for (let j: usize = 0; j < bytes; j += 8) {
    const value = load<f64>(one + j);
    store<f64>(one + j, load<f64>(other + j));
    store<f64>(other + j, value);
  }
}

import { Products } from "./products";
import { subtractScaled } from "./subtract";

/** Columns that are factored before the rest of the matrix is updated by one product. */
const PANEL: usize = 32;

/**
 * P A = L U in place, rows of A n elements long; order[i] (int32) is the row of A that became row i. A zero pivot stays.
 *
 * Golub and Van Loan, 3.2.11 (right-looking, by blocks). Each element subtracts its products l[i, k] u[k, j] with k upwards,
 * as in the plain loop.
 */
export function lu<T>(n: usize, a: usize, order: usize, work: usize): void {
  for (let i: usize = 0; i < n; i++) store<i32>(order + i * 4, i32(i));
  const size = sizeof<T>();
  const row = n * size;
  for (let from: usize = 0; from < n; from += PANEL) {
    const to = min(n, from + PANEL);
    for (let k = from; k < to; k++) eliminate<T>(n, a, order, k, to);
    if (to === n) return;
    // The rows of U beside the panel, then the rest of the matrix.
    const beside = a + to * size;
    for (let k = from; k < to; k++) {
      for (let i = k + 1; i < to; i++) {
        subtractScaled<T>(n - to, load<T>(a + i * row + k * size), beside + k * row, beside + i * row);
      }
    }
    const below = a + to * row;
    const left = below + from * size;
    const right = beside + from * row;
    Products.subtract<T>(n - to, n - to, to - from, left, row, size, right, row, size, below + to * size, row, work); // prettier-ignore
  }
}

/** Step k of the elimination, in the columns before `to`. */
function eliminate<T>(n: usize, a: usize, order: usize, k: usize, to: usize): void {
  const size = sizeof<T>();
  const row = n * size;
  const pivotRow = a + k * row;
  let pivot = k;
  let largest = abs<T>(load<T>(pivotRow + k * size));
  for (let i = k + 1; i < n; i++) {
    const magnitude = abs<T>(load<T>(a + i * row + k * size));
    if (!(magnitude > largest)) continue;
    largest = magnitude;
    pivot = i;
  }
  if (pivot !== k) {
    swap(row, pivotRow, a + pivot * row);
    const index = load<i32>(order + k * 4);
    store<i32>(order + k * 4, load<i32>(order + pivot * 4));
    store<i32>(order + pivot * 4, index);
  }
  const diagonal = load<T>(pivotRow + k * size);
  for (let i = k + 1; i < n; i++) {
    const target = a + i * row + k * size;
    const factor: T = diagonal === 0 ? load<T>(target) : load<T>(target) / diagonal;
    store<T>(target, factor);
    subtractScaled<T>(to - k - 1, factor, pivotRow + (k + 1) * size, target + size);
  }
}

/** Two rows of so many bytes, a multiple of 4, change places. */
function swap(bytes: usize, one: usize, other: usize): void {
  const end = one + bytes;
  for (; one + 16 <= end; one += 16, other += 16) {
    const values = v128.load(one);
    v128.store(one, v128.load(other));
    v128.store(other, values);
  }
  for (; one < end; one += 4, other += 4) {
    const value = load<i32>(one);
    store<i32>(one, load<i32>(other));
    store<i32>(other, value);
  }
}

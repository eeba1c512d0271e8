import { Products } from "./products";
import { subtractScaled } from "./subtract";

/** Columns that are factored before the rest of the matrix is updated by products. */
const PANEL: usize = 32;
/** Columns of the rest that are updated at once: what is computed above the diagonal for nothing is half of a square. */
const WIDTH: usize = 128;

/**
 * A = L L^T in place, from the lower triangle; the upper one is cleared. Returns the number of the first leading minor that
 * is not positive, or 0. `work` has room for a panel's column before what products need.
 */
export function cholesky<T>(n: usize, a: usize, work: usize): usize {
  const size = sizeof<T>();
  const row = n * size;
  for (let from: usize = 0; from < n; from += PANEL) {
    const to = min(n, from + PANEL);
    for (let k = from; k < to; k++) {
      if (!column<T>(n, a, k, to, work)) return k + 1;
    }
    // A -= L L^T below and right of the panel, where it is needed.
    for (let j = to; j < n; j += WIDTH) {
      const count = min(WIDTH, n - j);
      const panel = a + j * row + from * size;
      const target = a + j * row + j * size;
      Products.subtract<T>(n - j, count, to - from, panel, row, size, panel, size, row, target, row, work + PANEL * 8); // prettier-ignore
    }
  }
  for (let i: usize = 0; i < n; i++) memory.fill(a + i * row + (i + 1) * size, 0, (n - i - 1) * size);
  return 0;
}

/** Column k of L, and what follows from it for the columns before `to`; false where its pivot is not positive. */
function column<T>(n: usize, a: usize, k: usize, to: usize, values: usize): bool {
  const size = sizeof<T>();
  const row = n * size;
  const diagonal = load<T>(a + k * row + k * size);
  if (!(diagonal > 0)) return false;
  const root = sqrt<T>(diagonal);
  store<T>(a + k * row + k * size, root);
  for (let i = k + 1; i < n; i++) {
    const target = a + i * row + k * size;
    const value: T = load<T>(target) / root;
    store<T>(target, value);
    if (i < to) store<T>(values + (i - k - 1) * size, value);
    subtractScaled<T>(min(i, to - 1) - k, value, values, target + size);
  }
  return true;
}

import { gemm } from "../products/gemm";
import { subtractScaled } from "./subtract";

/** Columns that are factored before the rest of the matrix is updated by products. */
const PANEL: usize = 32;
/** Columns of the rest that are updated at once: what is computed above the diagonal for nothing is half of a square. */
const WIDTH: usize = 128;

/**
 * A = L L^T in place, from the lower triangle; the upper one is cleared. Returns the number of the first leading minor that
 * is not positive, or 0. `work` has room for a panel's column before what `gemm` needs.
 */
export function cholesky(n: usize, a: usize, work: usize): usize {
  const row = n * 8;
  for (let from: usize = 0; from < n; from += PANEL) {
    const to = min(n, from + PANEL);
    for (let k = from; k < to; k++) {
      if (!column(n, a, k, to, work)) return k + 1;
    }
    // A -= L L^T below and right of the panel, where it is needed.
    for (let j = to; j < n; j += WIDTH) {
      const count = min(WIDTH, n - j);
      const panel = a + j * row + from * 8;
      const target = a + j * row + j * 8;
      gemm<f64>(n - j, count, to - from, panel, row, 8, panel, 8, row, target, row, -1, work + PANEL * 8);
    }
  }
  for (let i: usize = 0; i < n; i++) memory.fill(a + i * row + (i + 1) * 8, 0, (n - i - 1) * 8);
  return 0;
}

/** Column k of L, and what follows from it for the columns before `to`; false where its pivot is not positive. */
function column(n: usize, a: usize, k: usize, to: usize, values: usize): bool {
  const row = n * 8;
  const diagonal = load<f64>(a + k * row + k * 8);
  if (!(diagonal > 0)) return false;
  const root = sqrt(diagonal);
  store<f64>(a + k * row + k * 8, root);
  for (let i = k + 1; i < n; i++) {
    const target = a + i * row + k * 8;
    const value = load<f64>(target) / root;
    store<f64>(target, value);
    if (i < to) store<f64>(values + (i - k - 1) * 8, value);
    subtractScaled(min(i, to - 1) - k, value, values, target + 8);
  }
  return true;
}

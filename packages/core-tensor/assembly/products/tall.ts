import { AHEAD, isFar, readAhead } from "./ahead";
import { Outer } from "./outer";
import { pack } from "./pack";

/** Terms of a sum that are worked on together: the packed columns of B stay in the second-level cache (512 kB at most). */
const KC: usize = 4096;

/** Bytes that `tall` needs as work space for 16 columns of B. */
export const TALL_WORK: usize = KC * 16 * 8;

/**
 * C += A B with at most 16 columns, so that to pack A would cost as much as the product: its elements are read where they
 * are, best with `innerA` the size of one. Only B is packed, in panels of up to 4 vectors. Rows of C are whole vectors long;
 * what is beyond n is undefined. Distances in bytes, as in `gemm`.
 */
export function tall<T>(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  rowA: usize,
  innerA: usize,
  b: usize,
  innerB: usize,
  columnB: usize,
  c: usize,
  rowC: usize,
  work: usize,
): void {
  const lanes: usize = 16 / sizeof<T>();
  const vectors = (n + lanes - 1) / lanes;
  for (let l: usize = 0; l < k; l += KC) {
    const kc = min(KC, k - l);
    // Panels of nearly equal width: 5 vectors are 3 and 2, which take fewer loads than 4 and 1.
    let from: usize = 0;
    for (let panels = (vectors + 3) / 4; panels > 0; panels--) {
      const width = (vectors - from + panels - 1) / panels;
      const first = from * lanes;
      const count = min(width * lanes, n - first);
      pack<T>(b + l * innerB + first * columnB, columnB, innerB, count, kc, width * lanes, 1, work);
      const part = a + l * innerA;
      if (innerA === sizeof<T>() && isFar(m, rowA))
        farPanel<T>(width, m, kc, part, rowA, work, c + from * 16, rowC);
      else panel<T>(width, m, kc, part, rowA, innerA, work, c + from * 16, rowC);
      from += width;
    }
  }
}

/** As `panel`, for contiguous rows of A that are read ahead. */
function farPanel<T>(
  vectors: usize,
  m: usize,
  k: usize,
  a: usize,
  row: usize,
  u: usize,
  c: usize,
  rowC: usize,
): void {
  const bytes = k * sizeof<T>();
  const together = max<usize>((AHEAD / bytes) & ~3, 4);
  for (let i: usize = 0; i < m; i += together) {
    const rows = min(together, m - i);
    readAhead(a + i * row, rows, row, bytes);
    panel<T>(vectors, rows, k, a + i * row, row, sizeof<T>(), u, c + i * rowC, rowC);
  }
}

/** C += A U for one packed panel. */
function panel<T>(
  vectors: usize,
  m: usize,
  k: usize,
  a: usize,
  row: usize,
  step: usize,
  u: usize,
  c: usize,
  rowC: usize,
): void {
  const together: usize = vectors < 3 ? 4 : 2;
  for (let i: usize = 0; i < m; i += together, a += together * row, c += together * rowC) {
    const rows = min(together, m - i);
    if (vectors === 1) Outer.add<T>(4, 1, false, rows, k, a, row, step, u, 16, c, rowC);
    else if (vectors === 2) Outer.add<T>(4, 2, false, rows, k, a, row, step, u, 32, c, rowC);
    else if (vectors === 3) Outer.add<T>(2, 3, false, rows, k, a, row, step, u, 48, c, rowC);
    else Outer.add<T>(2, 4, false, rows, k, a, row, step, u, 64, c, rowC);
  }
}

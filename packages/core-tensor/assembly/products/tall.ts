import { AHEAD, isFar, readAhead } from "./ahead";
import { groupOf } from "./groups";
import { Odd } from "./odd";
import { Outer } from "./outer";
import { pack } from "./pack";

/** Terms of a sum that are worked on together: the packed columns of B stay in the second-level cache (512 kB at most). */
const KC: usize = 4096;

/** Bytes that `tall` needs as work space for 16 columns of B. */
export const TALL_WORK: usize = KC * 16 * 8;

/**
 * C += A B with 2 to 16 columns, so that to pack A would cost as much as the product: its elements are read where they are,
 * rows contiguous. B is taken in panels of up to 4 vectors of columns, and packed unless its rows are contiguous too. In
 * float64 exactly n columns of C are written. In float32 rows of C are whole vectors long, what is beyond n is undefined, and
 * up to 12 bytes behind a row of B are read. Distances in bytes, as in `gemm`.
 */
export function tall<T>(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  rowA: usize,
  b: usize,
  innerB: usize,
  columnB: usize,
  c: usize,
  rowC: usize,
  work: usize,
): void {
  const lanes: usize = 16 / sizeof<T>();
  for (let l: usize = 0; l < k; l += KC) {
    const kc = min(KC, k - l);
    let vectors = (n + lanes - 1) / lanes;
    for (let first: usize = 0; first < n;) {
      const width = groupOf(vectors);
      const columns = min(width * lanes, n - first);
      const from = b + l * innerB + first * columnB;
      const isPacked = columnB !== sizeof<T>() || width === 1;
      if (isPacked) pack<T>(from, columnB, innerB, columns, kc, width * lanes, 1, work);
      const u = isPacked ? work : from;
      const stepU = isPacked ? width * 16 : innerB;
      panel<T>(columns, m, kc, a + l * sizeof<T>(), rowA, u, stepU, c + first * sizeof<T>(), rowC);
      vectors -= width;
      first += columns;
    }
  }
}

/** C += A U for one panel of so many columns; A is read ahead where it is far. */
function panel<T>(
  columns: usize,
  m: usize,
  k: usize,
  a: usize,
  row: usize,
  u: usize,
  stepU: usize,
  c: usize,
  rowC: usize,
): void {
  const bytes = k * sizeof<T>();
  const far = isFar(m, row);
  const together = far ? max<usize>((AHEAD / bytes) & ~3, 4) : m;
  for (let i: usize = 0; i < m; i += together) {
    const rows = min(together, m - i);
    if (far) readAhead(a + i * row, rows, row, bytes);
    allRows<T>(columns, rows, k, a + i * row, row, u, stepU, c + i * rowC, rowC);
  }
}

/** C += A U, as many rows at a time as there are registers for. */
function allRows<T>(
  columns: usize,
  m: usize,
  k: usize,
  a: usize,
  row: usize,
  u: usize,
  stepU: usize,
  c: usize,
  rowC: usize,
): void {
  const lanes: usize = 16 / sizeof<T>();
  const vectors = (columns + lanes - 1) / lanes;
  const isOdd = sizeof<T>() === 8 && columns % 2 === 1;
  const together: usize = vectors < 3 ? 4 : isOdd && vectors === 3 ? 3 : 2;
  for (let i: usize = 0; i < m; i += together, a += together * row, c += together * rowC) {
    const rows = min(together, m - i);
    if (isOdd) {
      if (vectors === 2) Odd.add(4, 1, rows, k, a, row, u, stepU, c, rowC);
      else if (vectors === 3) Odd.add(3, 2, rows, k, a, row, u, stepU, c, rowC);
      else Odd.add(2, 3, rows, k, a, row, u, stepU, c, rowC);
    } else {
      const size: usize = sizeof<T>();
      if (vectors === 1) Outer.add<T>(4, 1, false, rows, k, a, row, size, u, 16, c, rowC);
      else if (vectors === 2) Outer.add<T>(4, 2, false, rows, k, a, row, size, u, stepU, c, rowC);
      else if (vectors === 3) Outer.add<T>(2, 3, false, rows, k, a, row, size, u, stepU, c, rowC);
      else Outer.add<T>(2, 4, false, rows, k, a, row, size, u, stepU, c, rowC);
    }
  }
}

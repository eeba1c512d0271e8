import { AHEAD, isFar, readAhead } from "./ahead";
import { Odd } from "./odd";
import { Outer } from "./outer";
import { pack } from "./pack";

/** Terms of a sum that are worked on together: the columns of B stay in the second-level cache (512 kB at most). */
const KC: usize = 4096;

/** Bytes that `tall` needs as work space for 16 columns of B. */
export const TALL_WORK: usize = KC * 16 * 8;

/**
 * C += A B with 2 to 16 columns, so that to pack A would cost as much as the product: its elements are read where they are,
 * rows contiguous. B is packed unless its rows are contiguous too. In float64 exactly n columns of C are written. In float32
 * rows of C are whole vectors long, what is beyond n is undefined, and up to 12 bytes behind a row of B are read. Distances in
 * bytes, as in `gemm`.
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
  const isPacked = columnB !== sizeof<T>() || n <= lanes;
  const width = (n + lanes - 1) & ~(lanes - 1);
  const far = isFar(m, rowA);
  for (let l: usize = 0; l < k; l += KC) {
    const kc = min(KC, k - l);
    const part = a + l * sizeof<T>();
    const bytes = kc * sizeof<T>();
    if (isPacked) pack<T>(b + l * innerB, columnB, innerB, n, kc, width, 1, work);
    const u = isPacked ? work : b + l * innerB;
    const stepU = isPacked ? width * sizeof<T>() : innerB;
    const together = far ? max<usize>((AHEAD / bytes) & ~3, 4) : m;
    for (let i: usize = 0; i < m; i += together) {
      const rows = min(together, m - i);
      if (far) readAhead(part + i * rowA, rows, rowA, bytes);
      panels<T>(rows, n, kc, part + i * rowA, rowA, u, stepU, c + i * rowC, rowC);
    }
  }
}

/** C += A U, two or three vectors of columns at a time; one alone only if it is all there is. */
function panels<T>(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  row: usize,
  u: usize,
  stepU: usize,
  c: usize,
  rowC: usize,
): void {
  const lanes: usize = 16 / sizeof<T>();
  for (let left = n; left > 0;) {
    const vectors = (left + lanes - 1) / lanes;
    const columns = vectors <= 3 ? left : 2 * lanes;
    panel<T>(columns, m, k, a, row, u, stepU, c, rowC);
    u += columns * sizeof<T>();
    c += columns * sizeof<T>();
    left -= columns;
  }
}

/** C += A U for a panel, as many rows at a time as there are registers for. */
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
  const size: usize = sizeof<T>();
  const bytes = columns * size;
  const together: usize = bytes <= 32 ? 4 : size === 8 && columns === 5 ? 3 : 2;
  for (let i: usize = 0; i < m; i += together, a += together * row, c += together * rowC) {
    const rows = min(together, m - i);
    if (size === 8 && columns === 5) Odd.add(3, 2, rows, k, a, row, u, stepU, c, rowC);
    else if (size === 8 && columns === 3) Odd.add(4, 1, rows, k, a, row, u, stepU, c, rowC);
    else if (bytes > 32) Outer.add<T>(2, 3, false, rows, k, a, row, size, u, stepU, c, rowC);
    else if (bytes > 16) Outer.add<T>(4, 2, false, rows, k, a, row, size, u, stepU, c, rowC);
    else Outer.add<T>(4, 1, false, rows, k, a, row, size, u, 16, c, rowC);
  }
}

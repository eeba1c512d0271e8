import { AHEAD, isFar, readAhead } from "./ahead";
import { Outer } from "./outer";
import { pack } from "./pack";

/** Rows of B that are worked on together. */
const KC: usize = 64;
/** The same where B does not fit the caches. */
const KC_FAR: usize = 32;

/** Bytes that `wide` needs as work space for 16 rows of A. */
export const WIDE_WORK: usize = KC * 16 * 8;

/**
 * C += A B with 2 to 16 rows and the rows of B contiguous, `innerB` bytes apart. B is read where it is, a cache line of
 * KC rows at a time; up to four rows of A are packed together. Rows of C are multiples of 64 bytes long, and what is beyond n is
 * undefined; up to 63 bytes behind a row of B are read. Distances in bytes, as in `gemm`.
 */
export function wide<T>(
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  rowA: usize,
  innerA: usize,
  b: usize,
  innerB: usize,
  c: usize,
  rowC: usize,
  work: usize,
): void {
  const bytes = n * sizeof<T>();
  const far = isFar(k, innerB);
  const together = far ? KC_FAR : KC;
  const window = far ? AHEAD / KC_FAR : bytes;
  for (let l: usize = 0; l < k; l += together) {
    const kc = min(together, k - l);
    packRows<T>(m, kc, a + l * innerA, rowA, innerA, work);
    for (let from: usize = 0; from < bytes; from += window) {
      const to = min(bytes, from + window);
      if (far) readAhead(b + l * innerB + from, kc, innerB, to - from);
      for (let j = from; j < to; j += 64) line<T>(m, kc, work, b + l * innerB + j, innerB, c + j, rowC);
    }
  }
}

/** Rows of a group, when `left` are left: groups of 2 to 4, nearly equal. */
function groupOf(left: usize): usize {
  const groups = (left + 3) / 4;
  return (left + groups - 1) / groups;
}

/** The rows of A in groups, element l of all rows of a group side by side. */
function packRows<T>(m: usize, k: usize, a: usize, row: usize, step: usize, to: usize): void {
  for (let i: usize = 0; i < m;) {
    const rows = groupOf(m - i);
    pack<T>(a + i * row, row, step, rows, k, rows, 1, to);
    to += rows * k * sizeof<T>();
    i += rows;
  }
}

/** C += A B for 64 bytes of each row of B. */
function line<T>(m: usize, k: usize, a: usize, b: usize, innerB: usize, c: usize, rowC: usize): void {
  for (let i: usize = 0; i < m;) {
    const rows = groupOf(m - i);
    const step = rows * sizeof<T>();
    if (rows < 3) {
      Outer.add<T>(2, 4, true, rows, k, a, 0, step, b, innerB, c, rowC);
    } else {
      for (let half: usize = 0; half < 64; half += 32) {
        if (rows === 3) Outer.add<T>(3, 2, true, 3, k, a, 0, step, b + half, innerB, c + half, rowC);
        else Outer.add<T>(4, 2, true, 4, k, a, 0, step, b + half, innerB, c + half, rowC);
      }
    }
    a += k * step;
    c += rows * rowC;
    i += rows;
  }
}

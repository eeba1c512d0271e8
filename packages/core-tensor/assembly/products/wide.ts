import { AHEAD, isFar, readAhead } from "./ahead";
import { Outer } from "./outer";
import { pack } from "./pack";

/** Rows of B that are worked on together. */
const KC: usize = 64;
/** The same where B does not fit the caches. */
const KC_FAR: usize = 32;

/** Bytes of each row that are then read ahead at once. */
const WINDOW: usize = AHEAD / KC_FAR;

/** Bytes that `wide` needs as work space for 16 rows of A. */
export const WIDE_WORK: usize = KC * 16 * 8;

/**
 * C += A B with 2 to 16 rows and the rows of B contiguous, `innerB` bytes apart. B is read where it is, a cache line of KC
 * rows at a time; two to four rows of A are packed together. Rows of C are multiples of 64 bytes long, what is beyond n is
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
  for (let l: usize = 0; l < k; l += together) {
    const kc = min(together, k - l);
    const rows = b + l * innerB;
    packRows<T>(m, kc, a + l * innerA, rowA, innerA, work);
    if (far) {
      for (let from: usize = 0; from < bytes; from += WINDOW) {
        const count = min(WINDOW, bytes - from);
        readAhead(rows + from, kc, innerB, count);
        lines<T>(m, count, kc, work, rows + from, innerB, c + from, rowC);
      }
    } else {
      lines<T>(m, bytes, kc, work, rows, innerB, c, rowC);
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

/** C += A B for `bytes` of each row of B, 64 at a time, and packed groups of rows of A. */
function lines<T>(
  m: usize,
  bytes: usize,
  k: usize,
  a: usize,
  b: usize,
  innerB: usize,
  c: usize,
  rowC: usize,
): void {
  for (let j: usize = 0; j < bytes; j += 64) line<T>(m, k, a, b + j, innerB, c + j, rowC);
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

import { Outer } from "./outer";
import { pack } from "./pack";

/** Rows of B that are worked on together: as many streams of memory, and a packed part of A that stays in registers' reach. */
const KC: usize = 64;
/** The same where B does not fit the caches: a part of WINDOW bytes of each row is read ahead, which makes long streams. */
const KC_FAR: usize = 32;
const WINDOW: usize = 8192;
/** Matrices of more bytes come from memory. */
const FAR: usize = 2 ** 24;

/** Bytes that `wide` needs as work space for 16 rows of A. */
export const WIDE_WORK: usize = KC * 16 * 8;

/** What `readAhead` read, so that it does. */
let seen: u32 = 0;

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
  const isFar = k * innerB > FAR;
  const together = isFar ? KC_FAR : KC;
  const window = isFar ? WINDOW : bytes;
  for (let l: usize = 0; l < k; l += together) {
    const kc = min(together, k - l);
    packRows<T>(m, kc, a + l * innerA, rowA, innerA, work);
    for (let from: usize = 0; from < bytes; from += window) {
      const to = min(bytes, from + window);
      if (isFar) for (let r: usize = 0; r < kc; r++) readAhead(b + (l + r) * innerB + from, to - from);
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

/** Brings a part of a row into the caches. */
function readAhead(from: usize, bytes: usize): void {
  let sum: u32 = 0;
  for (const end = from + bytes; from < end; from += 64) sum += load<u32>(from);
  seen = sum;
}

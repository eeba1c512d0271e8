import { AHEAD, isFar, readAhead } from "./ahead";
import { Outer } from "./outer";
import { pack } from "./pack";

/** Rows of B that are worked on together. */
const KC: usize = 64;
/** The same where B does not fit the caches. */
const KC_FAR: usize = 32;

/** Bytes of each row that are then read ahead at once. */
const WINDOW: usize = AHEAD / KC_FAR;

/** Rows this far apart, or a multiple of it, are on the same few lines of the first-level cache. */
const ALIAS: usize = 4096;
/** Bytes of each such row that are copied at once, and the distance of the copies. */
const PIECE: usize = 512;
const ROW: usize = PIECE + 64;

/** Bytes that `wide` needs as work space: 16 rows of A, and pieces of rows of B. */
export const WIDE_WORK: usize = KC * (16 * 8 + ROW);

/**
 * C += A B with 2 to 16 rows and the rows of B contiguous, `innerB` bytes apart. B is read where it is, a cache line of KC
 * rows at a time; rows of A are taken in groups, packed unless the columns of A are contiguous. Rows of C are multiples of 64 bytes long, what is beyond n is
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
  const copies = work + KC * 16 * 8;
  const far = isFar(k, innerB);
  const together = far ? KC_FAR : KC;
  for (let l: usize = 0; l < k; l += together) {
    const kc = min(together, k - l);
    const rows = b + l * innerB;
    const part = a + l * innerA;
    if (rowA !== sizeof<T>()) packRows<T>(m, kc, part, rowA, innerA, work);
    const s = rowA === sizeof<T>() ? part : work;
    const stepS = rowA === sizeof<T>() ? innerA : 0;
    if (far) {
      for (let from: usize = 0; from < bytes; from += WINDOW) {
        const count = min(WINDOW, bytes - from);
        readAhead(rows + from, kc, innerB, count);
        lines<T>(m, count, kc, s, stepS, rows + from, innerB, c + from, rowC, copies);
      }
    } else {
      lines<T>(m, bytes, kc, s, stepS, rows, innerB, c, rowC, copies);
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

/**
 * C += A B for `bytes` of each row of B, 64 at a time. Element l of the rows of A side by side is at a + l step, or, where
 * step is 0, they are packed in groups. More than one group would read lines anew that have driven each other out of the
 * cache: then a piece of all rows is copied first.
 */
function lines<T>(
  m: usize,
  bytes: usize,
  k: usize,
  a: usize,
  step: usize,
  b: usize,
  innerB: usize,
  c: usize,
  rowC: usize,
  copies: usize,
): void {
  const isCopied = m > 4 && innerB % ALIAS === 0;
  const piece = isCopied ? PIECE : bytes;
  const row = isCopied ? ROW : innerB;
  for (let from: usize = 0; from < bytes; from += piece) {
    const length = min(piece, bytes - from);
    if (isCopied) copyRows(k, b + from, innerB, length, copies);
    const part = isCopied ? copies : b + from;
    for (let j: usize = 0; j < length; j += 64) line<T>(m, k, a, step, part + j, row, c + from + j, rowC);
  }
}

/** Copies whole lines of `bytes` of each row. */
function copyRows(rows: usize, from: usize, row: usize, bytes: usize, to: usize): void {
  for (const end = from + rows * row; from < end; from += row, to += ROW) {
    for (let j: usize = 0; j < bytes; j += 64) {
      v128.store(to + j, v128.load(from + j));
      v128.store(to + j, v128.load(from + j, 16), 16);
      v128.store(to + j, v128.load(from + j, 32), 32);
      v128.store(to + j, v128.load(from + j, 48), 48);
    }
  }
}

/** C += A B for 64 bytes of each row of B. */
function line<T>(
  m: usize,
  k: usize,
  a: usize,
  step: usize,
  b: usize,
  innerB: usize,
  c: usize,
  rowC: usize,
): void {
  for (let i: usize = 0; i < m;) {
    const rows = groupOf(m - i);
    const next = step > 0 ? step : rows * sizeof<T>();
    if (rows < 3) {
      Outer.add<T>(2, 4, true, rows, k, a, 0, next, b, innerB, c, rowC);
    } else {
      for (let half: usize = 0; half < 64; half += 32) {
        if (rows === 3) Outer.add<T>(3, 2, true, 3, k, a, 0, next, b + half, innerB, c + half, rowC);
        else Outer.add<T>(4, 2, true, 4, k, a, 0, next, b + half, innerB, c + half, rowC);
      }
    }
    a += step > 0 ? rows * sizeof<T>() : k * next;
    c += rows * rowC;
    i += rows;
  }
}

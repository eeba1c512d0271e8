/** Matrices of more bytes do not stay in the caches. */
const FAR: usize = 2 ** 24;

/** Bytes that are read ahead at once: a part of the second-level cache. */
export const AHEAD: usize = 2 ** 18;

/** Is it worth while to read a matrix of so many rows, `row` bytes apart upwards, ahead? */
export function isFar(rows: usize, row: usize): bool {
  return <isize>row > 0 && rows * row > FAR;
}

/** What `readAhead` read, so that it does. */
let seen: u32 = 0;

/**
 * Brings a part of some rows into the caches, one row after the other and with one load for each line: so more lines are
 * under way at a time than in a kernel that computes with each, or that walks along many rows.
 */
export function readAhead(from: usize, rows: usize, row: usize, bytes: usize): void {
  let sum: u32 = 0;
  for (const last = from + rows * row; from < last; from += row) {
    const end = from + bytes;
    for (let at = from; at < end; at += 64) sum += load<u32>(at);
  }
  seen = sum;
}

import { Pair } from "./pair";

/** Elements of a block: those of `sumKernel`, which fixes the order of additions (docs/decisions/0018). */
const BLOCK: usize = 128;

/**
 * y[r] = the sum of row r, block by block. Lanes are rows, eight at a time, for fewer would wait for their additions; where
 * there are fewer, they are blocks of one row if that has eight.
 */
export function sum(rows: usize, length: usize, x: usize, y: usize): void {
  const bytes = length * 8;
  let r: usize = 0;
  for (; r + 8 <= rows; r += 8) eightRows(bytes, x + r * bytes, y + r * 8);
  for (; r < rows && length >= 8 * BLOCK; r++) longRow(length, x + r * bytes, y + r * 8);
  for (; r < rows; r += 2) twoRows(bytes, x + r * bytes, Pair.apart(r, rows, bytes), y + r * 8);
}

function eightRows(bytes: usize, x: usize, y: usize): void {
  let t01 = f64x2.splat(0);
  let t23 = t01;
  let t45 = t01;
  let t67 = t01;
  for (let start: usize = 0; start < bytes; start += BLOCK * 8) {
    let s01 = f64x2.splat(0);
    let s23 = s01;
    let s45 = s01;
    let s67 = s01;
    let p = x + start;
    for (const end = x + min(start + BLOCK * 8, bytes); p < end; p += 8) {
      const p2 = p + 2 * bytes;
      const p4 = p + 4 * bytes;
      const p6 = p4 + 2 * bytes;
      s01 = f64x2.add(s01, Pair.load(p, p + bytes));
      s23 = f64x2.add(s23, Pair.load(p2, p2 + bytes));
      s45 = f64x2.add(s45, Pair.load(p4, p4 + bytes));
      s67 = f64x2.add(s67, Pair.load(p6, p6 + bytes));
    }
    t01 = f64x2.add(t01, s01);
    t23 = f64x2.add(t23, s23);
    t45 = f64x2.add(t45, s45);
    t67 = f64x2.add(t67, s67);
  }
  v128.store(y, t01);
  v128.store(y, t23, 16);
  v128.store(y, t45, 32);
  v128.store(y, t67, 48);
}

function longRow(length: usize, x: usize, y: usize): void {
  let total: f64 = 0;
  const end = x + length * 8;
  for (; x + 8 * BLOCK * 8 <= end; x += 8 * BLOCK * 8) {
    eightRows(BLOCK * 8, x, y);
    for (let block: usize = 0; block < 8; block++) total += load<f64>(y + block * 8);
  }
  while (x < end) {
    let part: f64 = 0;
    for (const blockEnd = min(x + BLOCK * 8, end); x < blockEnd; x += 8) part += load<f64>(x);
    total += part;
  }
  store<f64>(y, total);
}

function twoRows(bytes: usize, x: usize, apart: usize, y: usize): void {
  let total = f64x2.splat(0);
  for (let start: usize = 0; start < bytes; start += BLOCK * 8) {
    let part = f64x2.splat(0);
    const end = x + min(start + BLOCK * 8, bytes);
    for (let p = x + start; p < end; p += 8) part = f64x2.add(part, Pair.load(p, p + apart));
    total = f64x2.add(total, part);
  }
  v128.store(y, total);
}

/** y = the sums of each row up to each element. */
export function cumsum(rows: usize, length: usize, x: usize, y: usize): void {
  const bytes = length * 8;
  for (let r: usize = 0; r < rows; r += 2, x += 2 * bytes, y += 2 * bytes) {
    const apart = Pair.apart(r, rows, bytes);
    let total = f64x2.splat(0);
    for (let j: usize = 0; j < bytes; j += 8) {
      total = f64x2.add(total, Pair.load(x + j, x + j + apart));
      Pair.store(y + j, y + j + apart, total);
    }
  }
}

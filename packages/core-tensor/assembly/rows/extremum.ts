import { Extremum } from "../products/extremum";
import { Pair } from "./pair";

/** From this length on, lanes are parts of a row. */
const LONG: usize = 16;

/** y[r] = the extremum of row r. */
function reduce(largest: bool, rows: usize, length: usize, x: usize, y: usize): void {
  const bytes = length * 8;
  if (length < LONG) {
    for (let r: usize = 0; r < rows; r += 2, x += 2 * bytes) {
      v128.store(y + r * 8, ofTwoRows(largest, x, Pair.apart(r, rows, bytes), bytes));
    }
  } else {
    for (let r: usize = 0; r < rows; r++, x += bytes) {
      store<f64>(y + r * 8, largest ? -Infinity : Infinity);
      Extremum.row<f64>(largest, bytes, x, y + r * 8);
    }
  }
}

/** By `pmax`, which does not know NaN and the signs of zeros, and once more where there are such. */
function ofTwoRows(largest: bool, x: usize, apart: usize, bytes: usize): v128 {
  const start = f64x2.splat(largest ? -Infinity : Infinity);
  const end = x + bytes;
  let most = start;
  let isSpecial = f64x2.splat(0);
  for (let p = x; p < end; p += 8) {
    const pair = Pair.load(p, p + apart);
    most = largest ? f64x2.pmax(most, pair) : f64x2.pmin(most, pair);
    isSpecial = v128.or(isSpecial, f64x2.ne(pair, pair));
  }
  isSpecial = v128.or(isSpecial, f64x2.eq(most, f64x2.splat(0)));
  if (!v128.any_true(isSpecial)) return most;
  most = start;
  for (let p = x; p < end; p += 8) most = Extremum.of<f64>(largest, most, Pair.load(p, p + apart));
  return most;
}

export function max(rows: usize, length: usize, x: usize, y: usize): void {
  reduce(true, rows, length, x, y);
}

export function min(rows: usize, length: usize, x: usize, y: usize): void {
  reduce(false, rows, length, x, y);
}

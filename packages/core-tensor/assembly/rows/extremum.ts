import { Extremum } from "../products/extremum";
import { Pair } from "./pair";

/** From this length on, lanes are parts of a row. */
const LONG: usize = 16;

/** y[r] = the extremum of row r. Inlined. */
class RowExtremum {
  @inline
  static reduce(largest: bool, rows: usize, length: usize, x: usize, y: usize): void {
    const bytes = length * 8;
    const start = largest ? -Infinity : Infinity;
    if (length < LONG) {
      for (let r: usize = 0; r < rows; r += 2, x += 2 * bytes) {
        const apart = Pair.apart(r, rows, bytes);
        let most = f64x2.splat(start);
        const end = x + bytes;
        for (let p = x; p < end; p += 8) most = Extremum.of<f64>(largest, most, Pair.load(p, p + apart));
        v128.store(y + r * 8, most);
      }
    } else {
      for (let r: usize = 0; r < rows; r++, x += bytes) {
        store<f64>(y + r * 8, start);
        Extremum.row<f64>(largest, bytes, x, y + r * 8);
      }
    }
  }
}

export function max(rows: usize, length: usize, x: usize, y: usize): void {
  RowExtremum.reduce(true, rows, length, x, y);
}

export function min(rows: usize, length: usize, x: usize, y: usize): void {
  RowExtremum.reduce(false, rows, length, x, y);
}

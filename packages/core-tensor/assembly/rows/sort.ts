import { Pair } from "./pair";

/**
 * y = each row of x in ascending order, NaN last, stable: zeros of both signs stay as they stood. The largest of what is
 * left goes to the end, exchange by exchange, of two rows at once: an exchange, of neighbours that are out of order alone,
 * is a minimum and a maximum. Its time grows as the square of the length.
 */
export function sort(rows: usize, length: usize, x: usize, y: usize): void {
  const bytes = length * 8;
  for (let r: usize = 0; r < rows; r += 2, x += 2 * bytes, y += 2 * bytes) {
    const apart = Pair.apart(r, rows, bytes);
    if (hasNaN(bytes, x, apart)) {
      insert(bytes, x, y);
      insert(bytes, x + apart, y + apart);
      continue;
    }
    let from = x;
    for (let end = bytes; end > 0; end -= 8, from = y) {
      let largest = Pair.load(from, from + apart);
      for (let j: usize = 8; j < end; j += 8) {
        const next = Pair.load(from + j, from + j + apart);
        // pmin(a, b) = b < a ? b : a, pmax(a, b) = a < b ? b : a
        Pair.store(y + j - 8, y + j - 8 + apart, f64x2.pmin(largest, next));
        largest = f64x2.pmax(next, largest);
      }
      Pair.store(y + end - 8, y + end - 8 + apart, largest);
    }
  }
}

function hasNaN(bytes: usize, x: usize, apart: usize): bool {
  let found = f64x2.splat(0);
  const end = x + bytes;
  for (let p = x; p < end; p += 8) {
    const pair = Pair.load(p, p + apart);
    found = v128.or(found, f64x2.ne(pair, pair));
  }
  return v128.any_true(found);
}

function insert(bytes: usize, x: usize, y: usize): void {
  for (let from: usize = 0; from < bytes; from += 8) {
    const value = load<f64>(x + from);
    let at = from;
    for (; at > 0 && isBefore(value, load<f64>(y + at - 8)); at -= 8)
      store<f64>(y + at, load<f64>(y + at - 8));
    store<f64>(y + at, value);
  }
}

function isBefore(a: f64, b: f64): bool {
  return a < b || (isNaN(b) && !isNaN(a));
}

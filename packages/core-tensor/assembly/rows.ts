/*
 * Operations along rows: x has `rows` rows of `length` elements, one after the other; y is of the same shape, or has a
 * number for each row. All are in float64. y has room for seven elements more.
 */
export { cumsum, sum } from "./rows/sum";
export { max, min } from "./rows/extremum";
export { sort } from "./rows/sort";

/** Each element of x as often as a row is long. */
export function spread(rows: usize, length: usize, x: usize, y: usize): void {
  const bytes = length * 8;
  for (const end = x + rows * 8; x < end; x += 8, y += bytes) {
    const value = v128.load_splat<f64>(x);
    // What is stored beyond the end of an odd row, the next one overwrites.
    for (let j: usize = 0; j < bytes; j += 16) v128.store(y + j, value);
  }
}

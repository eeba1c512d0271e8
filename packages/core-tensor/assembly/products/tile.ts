import { Outer } from "./outer";

/** Rows of a tile: 4 rows by 2 vectors are 8 sums in registers, and leave room for operands and products. */
export const ROWS: usize = 4;

/**
 * C += A B for one tile, 4 rows by 2 vectors: A packed as k columns of 4, B as k rows of 2 vectors; rows of C are
 * `stride` bytes apart.
 */
export function tile<T>(k: usize, a: usize, b: usize, c: usize, stride: usize): void {
  Outer.add<T>(4, 2, true, ROWS, k, a, 0, ROWS * sizeof<T>(), b, 32, c, stride);
}

/**
 * An element counts as leading when it is at least this part of the largest one. Not 1, where elements that are equal but
 * for rounding would compete, and no simple fraction, where vectors of small whole numbers have ties.
 */
const LEADING = 0.4371;

/** Flips vector x[start], ..., x[start + length - 1] so that its first leading element is positive; returns the sign used. */
export function fixSign(x: Float64Array, start: number, length: number): 1 | -1 {
  let largest = 0;
  for (let i = start; i < start + length; i++) largest = Math.max(largest, Math.abs(x[i]!));
  for (let i = start; i < start + length; i++) {
    if (Math.abs(x[i]!) < LEADING * largest) continue;
    if (x[i]! >= 0) return 1;
    flip(x, start, length);
    return -1;
  }
  return 1;
}

/** x = -x, with no negative zeros. */
export function flip(x: Float64Array, start: number, length: number): void {
  for (let i = start; i < start + length; i++) x[i] = 0 - x[i]!;
}

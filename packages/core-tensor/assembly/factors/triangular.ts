import { Products } from "./products";
import { subtractScaled } from "./subtract";

/** Unknowns that are found one by one before all later ones take note of them. */
const BLOCK: usize = 32;

/**
 * Solves T X = B in place, X n x m with contiguous rows. T[i, k] is at t + i row + k column, in bytes; a triangle that is
 * lower is solved forwards, an upper one backwards. `unit` takes its diagonal as ones.
 *
 * Each x[i] subtracts t[i, k] x[k] in the order in which the x[k] are found, as the plain loop does.
 */
export function solveTriangle<T>(
  n: usize,
  m: usize,
  t: usize,
  row: usize,
  column: usize,
  lower: bool,
  unit: bool,
  x: usize,
  work: usize,
): void {
  // An upper triangle is a lower one seen from its last element, with negative distances.
  let step = m * sizeof<T>();
  if (!lower) {
    t += (n - 1) * (row + column);
    row = 0 - row;
    column = 0 - column;
    x += (n - 1) * step;
    step = 0 - step;
  }
  for (let from: usize = 0; from < n; from += BLOCK) {
    const to = min(n, from + BLOCK);
    for (let i = from; i < to; i++) {
      const target = x + i * step;
      for (let k = from; k < i; k++)
        subtractScaled<T>(m, load<T>(t + i * row + k * column), x + k * step, target);
      if (!unit) divide<T>(m, target, load<T>(t + i * (row + column)));
    }
    if (to === n) return;
    const part = t + to * row + from * column;
    const found = x + from * step;
    Products.subtract<T>(n - to, m, to - from, part, row, column, found, step, sizeof<T>(), x + to * step, step, work); // prettier-ignore
  }
}

function divide<T>(count: usize, x: usize, divisor: T): void {
  for (const end = x + count * sizeof<T>(); x < end; x += sizeof<T>()) store<T>(x, load<T>(x) / divisor);
}

import { Products } from "./products";
import { RowsDownwards } from "./rows-downwards";

/** Unknowns that are found together: as many as there are rows or columns that products work on together. */
const TOGETHER: usize = 8;

/**
 * Solves T x = b in place for one contiguous x, with the bits of `solveTriangle`; one of the distances `row` and `column` is
 * the size of an element. Where rows are contiguous, a block of unknowns subtracts all that were found before it; where
 * columns are, it is subtracted from all that come after it: so the triangle is read along its lines.
 *
 * What is found is kept as z = -x until the end: b - t x is b + t z to the last bit, and products add.
 */
export function solveVector<T>(
  n: usize,
  t: usize,
  row: usize,
  column: usize,
  lower: bool,
  unit: bool,
  x: usize,
): void {
  const byRows = column === sizeof<T>();
  // As in `solveTriangle`: an upper triangle is a lower one seen from its last element.
  let step: usize = sizeof<T>();
  let z = x;
  if (!lower) {
    t += (n - 1) * (row + column);
    row = 0 - row;
    column = 0 - column;
    z += (n - 1) * step;
    step = 0 - step;
  }
  // The first block is the short one, so that products are of eight rows, or of columns that are whole vectors.
  for (let from: usize = 0, to = ((n - 1) & (TOGETHER - 1)) + 1; from < n; from = to, to += TOGETHER) {
    let known = from;
    if (byRows && from > 0) {
      if (lower) {
        Products.rows<T>(TOGETHER, known, t + from * row, row, z, z + from * step);
      } else {
        known &= ~(16 / sizeof<T>() - 1);
        RowsDownwards.add<T>(known, t + (to - 1) * row, 0 - row, z, z + (to - 1) * step);
      }
    }
    for (let i = from; i < to; i++) find<T>(i, known, t + i * row, column, unit, z, step);
    if (byRows || to === n) continue;
    // The next unknown to be found, or the last one: of those that remain, the one at the lowest address.
    const next = lower ? to : n - 1;
    const part = t + next * row + from * column;
    Products.columns<T>(n - to, to - from, part, column, z + from * step, step, z + next * step);
  }
  for (const end = x + n * sizeof<T>(); x < end; x += sizeof<T>()) store<T>(x, -load<T>(x));
}

/** Unknown i, which has subtracted the unknowns before `known`; its row of T is at t. */
function find<T>(i: usize, known: usize, t: usize, column: usize, unit: bool, z: usize, step: usize): void {
  let sum: T = load<T>(z + i * step);
  for (let k = known; k < i; k++) sum += load<T>(t + k * column) * load<T>(z + k * step);
  store<T>(z + i * step, -(unit ? sum : sum / load<T>(t + i * column)));
}

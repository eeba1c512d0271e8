import { eight, one } from "../products/columns";

/** Unknowns that are found together: as many as there are rows or columns that products work on together. */
const TOGETHER: usize = 8;

/**
 * Solves T x = b in place for one contiguous x, with the bits of `solveTriangle`; one of the distances `row` and `column` is
 * 8. Where rows are contiguous, a block of unknowns subtracts all that were found before it; where columns are, it is
 * subtracted from all that come after it: so the triangle is read along its lines.
 *
 * What is found is kept as z = -x until the end: b - t x is b + t z to the last bit, and products add.
 */
export function solveVector(
  n: usize,
  t: usize,
  row: usize,
  column: usize,
  lower: bool,
  unit: bool,
  x: usize,
): void {
  const byRows = column === 8;
  // As in `solveTriangle`: an upper triangle is a lower one seen from its last element.
  let step: usize = 8;
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
      known &= ~1;
      if (lower) EightRows.add(known, t + from * row, row, z, z + from * step, true);
      else EightRows.add(known, t + (to - 1) * row, 0 - row, z, z + (to - 1) * step, false);
    }
    for (let i = from; i < to; i++) find(i, known, t + i * row, column, unit, z, step);
    if (byRows || to === n) continue;
    // The next unknown to be found, or the last one: of those that remain, the one at the lowest address.
    const next = lower ? to : n - 1;
    const bytes = (n - to) * 8;
    const part = t + next * row + from * column;
    const target = z + next * step;
    if (to - from === TOGETHER) eight<f64>(bytes, part, column, z + from * step, step, target);
    else for (let k = from; k < to; k++) one<f64>(bytes, part + (k - from) * column, z + k * step, target);
  }
  for (const end = x + n * 8; x < end; x += 8) store<f64>(x, -load<f64>(x));
}

/** Unknown i, which has subtracted the unknowns before `known`; its row of T is at t. */
function find(i: usize, known: usize, t: usize, column: usize, unit: bool, z: usize, step: usize): void {
  let sum = load<f64>(z + i * step);
  for (let k = known; k < i; k++) sum += load<f64>(t + k * column) * load<f64>(z + k * step);
  store<f64>(z + i * step, -(unit ? sum : sum / load<f64>(t + i * column)));
}

class EightRows {
  /**
   * y += A z for eight rows of an even number k of elements, in two orders: upwards from the first elements, at `a` and `z`, or
   * downwards from the last, which are there then. Lanes are rows, as in `rows64`.
   */
  @inline
  static add(k: usize, a: usize, row: usize, z: usize, y: usize, up: bool): void {
    const a2 = a + 2 * row;
    const a4 = a2 + 2 * row;
    const a6 = a4 + 2 * row;
    let s01 = v128.load(y);
    let s23 = v128.load(y, 16);
    let s45 = v128.load(y, 32);
    let s67 = v128.load(y, 48);
    for (let l: usize = up ? 0 : 0 - 8; k > 0; k -= 2, l += up ? 16 : 0 - 16) {
      const even = v128.load_splat<f64>(z + l);
      const odd = v128.load_splat<f64>(z + l, 8);
      s01 = EightRows.two(s01, a + l, row, even, odd, up);
      s23 = EightRows.two(s23, a2 + l, row, even, odd, up);
      s45 = EightRows.two(s45, a4 + l, row, even, odd, up);
      s67 = EightRows.two(s67, a6 + l, row, even, odd, up);
    }
    v128.store(y, s01);
    v128.store(y, s23, 16);
    v128.store(y, s45, 32);
    v128.store(y, s67, 48);
  }

  /** The sums of two rows, and two of their products. */
  @inline
  private static two(sum: v128, a: usize, row: usize, even: v128, odd: v128, up: bool): v128 {
    const p = v128.load(a);
    const q = v128.load(a + row);
    const first = f64x2.mul(v128.shuffle<f64>(p, q, 0, 2), even);
    const second = f64x2.mul(v128.shuffle<f64>(p, q, 1, 3), odd);
    return up ? f64x2.add(f64x2.add(sum, first), second) : f64x2.add(f64x2.add(sum, second), first);
  }
}

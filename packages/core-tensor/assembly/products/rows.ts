import { AHEAD, isFar, readAhead } from "./ahead";

/** Rows that are worked on together: their sums wait for each other less than those of fewer would. */
const ROWS: usize = 8;

/** Elements of each row that are read ahead at once. */
const WINDOW: usize = AHEAD / (ROWS * 8);

/**
 * y[i] += sum over l of A[i, l] x[l], rows of A contiguous and `row` bytes apart.
 *
 * The lanes of a sum are two rows, or four in float32, not parts of one row: so each y[i] adds its products with l upwards.
 */
function rows<T>(m: usize, k: usize, a: usize, row: usize, x: usize, y: usize): void {
  if (isFar(m, row)) {
    for (; m >= ROWS; m -= ROWS, a += ROWS * row, y += ROWS * sizeof<T>()) {
      for (let l: usize = 0; l < k; l += WINDOW) {
        const terms = min(WINDOW, k - l);
        const part = a + l * sizeof<T>();
        readAhead(part, ROWS, row, terms * sizeof<T>());
        nearRows<T>(ROWS, terms, part, row, x + l * sizeof<T>(), y);
      }
    }
  }
  nearRows<T>(m, k, a, row, x, y);
}

/** As `rows64`, without reading ahead. */
function nearRows<T>(m: usize, k: usize, a: usize, row: usize, x: usize, y: usize): void {
  for (; m >= ROWS; m -= ROWS, a += ROWS * row, y += ROWS * sizeof<T>()) {
    if (sizeof<T>() === 8) EightRows.add64(k, a, row, x, y);
    else EightRows.add32(k, a, row, x, y);
  }
  for (; m > 0; m--, a += row, y += sizeof<T>()) oneRow<T>(k, a, x, y);
}

export function rows64(m: usize, k: usize, a: usize, row: usize, x: usize, y: usize): void {
  rows<f64>(m, k, a, row, x, y);
}

export function rows32(m: usize, k: usize, a: usize, row: usize, x: usize, y: usize): void {
  rows<f32>(m, k, a, row, x, y);
}

/** In line, for a call takes as long as a few terms. */
class EightRows {
  /** The shuffles turn [a b] [c d] of two rows into their columns [a c] [b d]. */
  @inline
  static add64(k: usize, a: usize, row: usize, x: usize, y: usize): void {
    const a1 = a + row;
    const a2 = a1 + row;
    const a3 = a2 + row;
    const a4 = a3 + row;
    const a5 = a4 + row;
    const a6 = a5 + row;
    const a7 = a6 + row;
    let s01 = v128.load(y);
    let s23 = v128.load(y, 16);
    let s45 = v128.load(y, 32);
    let s67 = v128.load(y, 48);
    const even = k & ~1;
    for (let l: usize = 0; l < even * 8; l += 16) {
      const x0 = v128.load_splat<f64>(x + l);
      const x1 = v128.load_splat<f64>(x + l, 8);
      let p = v128.load(a + l);
      let q = v128.load(a1 + l);
      s01 = f64x2.add(s01, f64x2.mul(v128.shuffle<f64>(p, q, 0, 2), x0));
      s01 = f64x2.add(s01, f64x2.mul(v128.shuffle<f64>(p, q, 1, 3), x1));
      p = v128.load(a2 + l);
      q = v128.load(a3 + l);
      s23 = f64x2.add(s23, f64x2.mul(v128.shuffle<f64>(p, q, 0, 2), x0));
      s23 = f64x2.add(s23, f64x2.mul(v128.shuffle<f64>(p, q, 1, 3), x1));
      p = v128.load(a4 + l);
      q = v128.load(a5 + l);
      s45 = f64x2.add(s45, f64x2.mul(v128.shuffle<f64>(p, q, 0, 2), x0));
      s45 = f64x2.add(s45, f64x2.mul(v128.shuffle<f64>(p, q, 1, 3), x1));
      p = v128.load(a6 + l);
      q = v128.load(a7 + l);
      s67 = f64x2.add(s67, f64x2.mul(v128.shuffle<f64>(p, q, 0, 2), x0));
      s67 = f64x2.add(s67, f64x2.mul(v128.shuffle<f64>(p, q, 1, 3), x1));
    }
    if (even < k) {
      const x0 = v128.load_splat<f64>(x + even * 8);
      a += even * 8;
      s01 = f64x2.add(s01, f64x2.mul(pairOf(a, row), x0));
      s23 = f64x2.add(s23, f64x2.mul(pairOf(a + 2 * row, row), x0));
      s45 = f64x2.add(s45, f64x2.mul(pairOf(a + 4 * row, row), x0));
      s67 = f64x2.add(s67, f64x2.mul(pairOf(a + 6 * row, row), x0));
    }
    v128.store(y, s01);
    v128.store(y, s23, 16);
    v128.store(y, s45, 32);
    v128.store(y, s67, 48);
  }

  @inline
  static add32(k: usize, a: usize, row: usize, x: usize, y: usize): void {
    const below: usize = 4 * row;
    let s0 = v128.load(y);
    let s1 = v128.load(y, 16);
    const whole = k & ~3;
    for (const end = a + whole * 4; a < end; a += 16, x += 16) {
      s0 = FourRows.add(s0, a, row, x);
      s1 = FourRows.add(s1, a + below, row, x);
    }
    v128.store(y, s0);
    v128.store(y, s1, 16);
    if (whole === k) return;
    for (let i: usize = 0; i < ROWS; i++) oneRow<f32>(k - whole, a + i * row, x, y + i * 4);
  }
}

class FourRows {
  /** sum + A x for 4 rows of 4 columns, whose four vectors of rows become four vectors of columns. */
  @inline
  static add(sum: v128, a: usize, row: usize, x: usize): v128 {
    const r0 = v128.load(a);
    const r1 = v128.load(a + row);
    const r2 = v128.load(a + 2 * row);
    const r3 = v128.load(a + 3 * row);
    const even01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const odd01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const even23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const odd23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f64>(even01, even23, 0, 2), v128.load_splat<f32>(x)));
    sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f64>(even01, even23, 1, 3), v128.load_splat<f32>(x, 4)));
    sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f64>(odd01, odd23, 0, 2), v128.load_splat<f32>(x, 8)));
    return f32x4.add(sum, f32x4.mul(v128.shuffle<f64>(odd01, odd23, 1, 3), v128.load_splat<f32>(x, 12)));
  }
}

/** The elements at `at` and in the row after it. */
function pairOf(at: usize, row: usize): v128 {
  return v128.load64_lane(at + row, v128.load64_zero(at), 1);
}

/** y[0] += <a, x>, one product after the other. */
function oneRow<T>(k: usize, a: usize, x: usize, y: usize): void {
  let sum = load<T>(y);
  for (const end = a + k * sizeof<T>(); a < end; a += sizeof<T>(), x += sizeof<T>())
    sum += load<T>(a) * load<T>(x);
  store<T>(y, sum);
}

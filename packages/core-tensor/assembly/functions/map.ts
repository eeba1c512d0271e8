/** A function of both lanes of a vector. */
export abstract class Elementwise {
  abstract of(x: v128): v128;

  /** Lanes, as masks, for which `usually` gives the same. */
  abstract isUsual(x: v128): v128;

  /** Inlined and without branches, so that two vectors side by side are computed together. */
  abstract usually(x: v128): v128;
}

/** y[i] = f(x[i]) for n elements of float64, f a class without state. */
export function map64<F extends Elementwise>(n: usize, x: usize, y: usize): void {
  const f = changetype<F>(0);
  for (const end = x + (n & ~3) * 8; x < end; x += 32, y += 32) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    if (v128.all_true<i64>(v128.and(f.isUsual(x0), f.isUsual(x1)))) {
      v128.store(y, f.usually(x0));
      v128.store(y, f.usually(x1), 16);
    } else {
      v128.store(y, f.of(x0));
      v128.store(y, f.of(x1), 16);
    }
  }
  rest64<F>(n & 3, x, y);
}

/** As `map64`, for the few that are left. */
export function rest64<F extends Elementwise>(n: usize, x: usize, y: usize): void {
  const f = changetype<F>(0);
  for (const end = x + n * 8; x < end; x += 8, y += 8) v128.store64_lane(y, f.of(v128.load64_zero(x)), 0);
}

/** As `map64`, for float32: computed in float64, and rounded once. */
export function map32<F extends Elementwise>(n: usize, x: usize, y: usize): void {
  const f = changetype<F>(0);
  const end = x + (n & ~1) * 4;
  for (; x < end; x += 8, y += 8) {
    const result = f.of(f64x2.promote_low_f32x4(v128.load64_zero(x)));
    v128.store64_lane(y, f32x4.demote_f64x2_zero(result), 0);
  }
  if (n & 1) {
    const result = f.of(f64x2.promote_low_f32x4(v128.load32_zero(x)));
    v128.store32_lane(y, f32x4.demote_f64x2_zero(result), 0);
  }
}

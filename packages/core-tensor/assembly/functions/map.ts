/** A function of both lanes of a vector. */
export abstract class Elementwise {
  abstract of(x: v128): v128;
}

/** y[i] = f(x[i]) for n elements of float64, f a class without state. */
export function map64<F extends Elementwise>(n: usize, x: usize, y: usize): void {
  const f = changetype<F>(0);
  const end = x + (n & ~1) * 8;
  for (; x < end; x += 16, y += 16) v128.store(y, f.of(v128.load(x)));
  if (n & 1) v128.store64_lane(y, f.of(v128.load64_zero(x)), 0);
}

/** The same for float32: computed in float64, and rounded once. */
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

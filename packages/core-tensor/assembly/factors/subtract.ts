/** to[j] -= factor from[j] for `count` elements. */
export function subtractScaled(count: usize, factor: f64, from: usize, to: usize): void {
  const splat = f64x2.splat(factor);
  const whole = (count & ~1) * 8;
  for (let j: usize = 0; j < whole; j += 16) {
    v128.store(to + j, f64x2.sub(v128.load(to + j), f64x2.mul(splat, v128.load(from + j))));
  }
  if (count & 1) store<f64>(to + whole, load<f64>(to + whole) - factor * load<f64>(from + whole));
}

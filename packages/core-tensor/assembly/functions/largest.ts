/** The largest |x[i]| of float64, not counting NaN: does the reduction of angles reach so far? */
export function largest64(n: usize, x: usize): f64 {
  let most = f64x2.splat(0);
  const end = x + (n & ~1) * 8;
  for (; x < end; x += 16) most = f64x2.pmax(most, f64x2.abs(v128.load(x)));
  if (n & 1) most = f64x2.pmax(most, f64x2.abs(v128.load64_zero(x)));
  return max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
}

/** The same of float32. */
export function largest32(n: usize, x: usize): f64 {
  let most: f32 = 0;
  for (const end = x + n * 4; x < end; x += 4) {
    const size = abs(load<f32>(x));
    if (size > most) most = size;
  }
  return most;
}

/** Parts of sums over two sequences, those of the lanes. Inlined. */
class Pair {
  /** total + the first product of both + the second of both + ... */
  @inline
  static add<T>(total: v128, x: usize, stride: usize, w: usize, strideW: usize): v128 {
    const one = v128.mul<T>(v128.load(x), v128.load(w));
    const other = v128.mul<T>(v128.load(x + stride), v128.load(w + strideW));
    if (sizeof<T>() === 8) {
      const first = f64x2.add(total, v128.shuffle<f64>(one, other, 0, 2));
      return f64x2.add(first, v128.shuffle<f64>(one, other, 1, 3));
    }
    const half = Pair.addFour(total, v128.shuffle<f32>(one, other, 0, 4, 1, 5));
    return Pair.addFour(half, v128.shuffle<f32>(one, other, 2, 6, 3, 7));
  }

  @inline
  static addFour(total: v128, four: v128): v128 {
    const first = f64x2.add(total, f64x2.promote_low_f32x4(four));
    return f64x2.add(first, f64x2.promote_low_f32x4(v128.shuffle<f64>(four, four, 1, 0)));
  }
}

/**
 * y[s] = the sum of x[l] w[l] for l < length, where sequence s begins at x + s * stride and at w + s * strideW, for s < count:
 * in float64, from the first product on, those of float32 rounded to it. Lanes are sequences, of which four are added up at
 * once; those before the last four may be computed twice, and fewer than four are added up one by one.
 */
export function sequenceSums<T>(
  count: usize,
  length: usize,
  x: usize,
  stride: usize,
  w: usize,
  strideW: usize,
  y: usize,
): void {
  const bytes = length * sizeof<T>();
  const whole: usize = count < 4 ? 0 : bytes & ~15;
  for (let s: usize = 0; s < count; s += 4) {
    const first = count < 4 ? 0 : min(s, count - 4);
    const a = x + first * stride;
    const b = w + first * strideW;
    let t0 = f64x2.splat(0);
    let t1 = f64x2.splat(0);
    for (let l: usize = 0; l < whole; l += 16) {
      t0 = Pair.add<T>(t0, a + l, stride, b + l, strideW);
      t1 = Pair.add<T>(t1, a + 2 * stride + l, stride, b + 2 * strideW + l, strideW);
    }
    v128.store(y + first * 8, t0);
    v128.store(y + first * 8, t1, 16);
  }
  if (whole === bytes) return;
  for (let s: usize = 0; s < count; s++, x += stride, w += strideW, y += 8) {
    let total = load<f64>(y);
    for (let l = whole; l < bytes; l += sizeof<T>()) total += <f64>(load<T>(x + l) * load<T>(w + l));
    store<f64>(y, total);
  }
}

/** Parts of sums over two columns, those of the lanes. Inlined. */
class Two {
  /** total + the elements at x */
  @inline
  static add<T>(total: v128, x: usize): v128 {
    return f64x2.add(total, sizeof<T>() === 8 ? v128.load(x) : f64x2.promote_low_f32x4(v128.load64_zero(x)));
  }
}

/**
 * y[j] = the sum of column j of the `length` rows at x + l * row, in float64, for j < count. Columns before the last eight
 * (or two) may be computed twice.
 */
export function columnSums<T>(count: usize, length: usize, x: usize, row: usize, y: usize): void {
  const end = x + length * row;
  const two: usize = 2 * sizeof<T>();
  if (count === 1) {
    let total: f64 = 0;
    for (; x < end; x += row) total += <f64>load<T>(x);
    store<f64>(y, total);
  } else if (count < 8) {
    for (let j: usize = 0; j < count; j += 2) {
      const first = min(j, count - 2);
      const skipped = first * sizeof<T>();
      let total = f64x2.splat(0);
      for (let at = x + skipped; at < end + skipped; at += row) total = Two.add<T>(total, at);
      v128.store(y + first * 8, total);
    }
  } else {
    for (let j: usize = 0; j < count; j += 8) {
      const first = min(j, count - 8);
      const skipped = first * sizeof<T>();
      let t0 = f64x2.splat(0);
      let t1 = f64x2.splat(0);
      let t2 = f64x2.splat(0);
      let t3 = f64x2.splat(0);
      for (let at = x + skipped; at < end + skipped; at += row) {
        t0 = Two.add<T>(t0, at);
        t1 = Two.add<T>(t1, at + two);
        t2 = Two.add<T>(t2, at + 2 * two);
        t3 = Two.add<T>(t3, at + 3 * two);
      }
      v128.store(y + first * 8, t0);
      v128.store(y + first * 8, t1, 16);
      v128.store(y + first * 8, t2, 32);
      v128.store(y + first * 8, t3, 48);
    }
  }
}

/**
 * C += S U in float64 as `Outer.add`, for vectors of columns and one column more. Of that, the products of two rows are one
 * vector, (x0, x1) u, so that no lane is wasted: 3 rows of 5 columns are 8 vectors instead of 9. For the registers there
 * are, ROWS and VECTORS are 4 and 1 or 3 and 2.
 */
export class Odd {
  /** As in `Outer.add`: of the rows `present` exist. */
  @inline
  static add(
    ROWS: i32,
    VECTORS: i32,
    present: usize,
    k: usize,
    s: usize,
    next: usize,
    u: usize,
    stepU: usize,
    c: usize,
    rowC: usize,
  ): void {
    const last = present - 1;
    let s1 = s + min<usize>(1, last) * next;
    let s2 = s + min<usize>(2, last) * next;
    let s3 = s + min<usize>(3, last) * next;
    const c1 = c + min<usize>(1, last) * rowC;
    const c2 = c + min<usize>(2, last) * rowC;
    const c3 = c + min<usize>(3, last) * rowC;
    const column: usize = VECTORS * 16;
    let t00 = v128.load(c);
    let t01 = VECTORS > 1 ? v128.load(c, 16) : t00;
    let t10 = v128.load(c1);
    let t11 = VECTORS > 1 ? v128.load(c1, 16) : t00;
    let t20 = ROWS > 2 ? v128.load(c2) : t00;
    let t21 = ROWS > 2 && VECTORS > 1 ? v128.load(c2, 16) : t00;
    let t30 = ROWS > 3 ? v128.load(c3) : t00;
    let pair01 = v128.load64_lane(c1 + column, v128.load64_zero(c + column), 1);
    let pair23 = ROWS > 2 ? v128.load64_lane(c3 + column, v128.load64_zero(c2 + column), 1) : t00;
    for (const end = u + k * stepU; u < end; u += stepU) {
      const u0 = v128.load(u);
      const u1 = VECTORS > 1 ? v128.load(u, 16) : u0;
      const w = v128.load_splat<f64>(u + column);
      let x = v128.load_splat<f64>(s);
      let y = v128.load_splat<f64>(s1);
      t00 = f64x2.add(t00, f64x2.mul(x, u0));
      if (VECTORS > 1) t01 = f64x2.add(t01, f64x2.mul(x, u1));
      t10 = f64x2.add(t10, f64x2.mul(y, u0));
      if (VECTORS > 1) t11 = f64x2.add(t11, f64x2.mul(y, u1));
      pair01 = f64x2.add(pair01, f64x2.mul(v128.shuffle<f64>(x, y, 0, 2), w));
      if (ROWS > 2) {
        x = v128.load_splat<f64>(s2);
        y = ROWS > 3 ? v128.load_splat<f64>(s3) : x;
        t20 = f64x2.add(t20, f64x2.mul(x, u0));
        if (VECTORS > 1) t21 = f64x2.add(t21, f64x2.mul(x, u1));
        if (ROWS > 3) t30 = f64x2.add(t30, f64x2.mul(y, u0));
        pair23 = f64x2.add(pair23, f64x2.mul(ROWS > 3 ? v128.shuffle<f64>(x, y, 0, 2) : x, w));
      }
      s += 8;
      s1 += 8;
      if (ROWS > 2) s2 += 8;
      if (ROWS > 3) s3 += 8;
    }
    v128.store(c, t00);
    if (VECTORS > 1) v128.store(c, t01, 16);
    v128.store(c1, t10);
    if (VECTORS > 1) v128.store(c1, t11, 16);
    if (ROWS > 2) v128.store(c2, t20);
    if (ROWS > 2 && VECTORS > 1) v128.store(c2, t21, 16);
    if (ROWS > 3) v128.store(c3, t30);
    v128.store64_lane(c + column, pair01, 0);
    v128.store64_lane(c1 + column, pair01, 1);
    if (ROWS > 2) v128.store64_lane(c2 + column, pair23, 0);
    if (ROWS > 3) v128.store64_lane(c3 + column, pair23, 1);
  }
}

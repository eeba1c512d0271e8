/**
 * C += S U for 1 to 4 rows of C and 1 to 4 vectors of columns: at each step l the column S[:, l] times the row U[l, :].
 * Sums stay in registers; rows times vectors are 8 at most, for V8 loads all operands of a step before it computes, and
 * what does not fit its 15 registers it keeps in memory.
 *
 * Each element adds its products one by one, l upwards and without fused multiply-add, so that the bits are those of the
 * plain loop: lanes are columns of C, never parts of one sum.
 */
export class Outer {
  /**
   * U[l] is at u + l stepU, S[i, l] at s + i next + l step, and where `packed`, which makes one stream of S, next is the
   * size of an element. Constants of the caller choose the code; of the `ROWS` that it is for, `present` exist: the others
   * repeat the last one, which is then computed and stored again with the same bits.
   */
  @inline
  static add<T>(
    ROWS: i32,
    VECTORS: i32,
    packed: bool,
    present: usize,
    k: usize,
    s: usize,
    next: usize,
    step: usize,
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
    let t00 = v128.load(c);
    let t01 = VECTORS > 1 ? v128.load(c, 16) : t00;
    let t02 = VECTORS > 2 ? v128.load(c, 32) : t00;
    let t03 = VECTORS > 3 ? v128.load(c, 48) : t00;
    let t10 = ROWS > 1 ? v128.load(c1) : t00;
    let t11 = ROWS > 1 && VECTORS > 1 ? v128.load(c1, 16) : t00;
    let t12 = ROWS > 1 && VECTORS > 2 ? v128.load(c1, 32) : t00;
    let t13 = ROWS > 1 && VECTORS > 3 ? v128.load(c1, 48) : t00;
    let t20 = ROWS > 2 ? v128.load(c2) : t00;
    let t21 = ROWS > 2 && VECTORS > 1 ? v128.load(c2, 16) : t00;
    let t30 = ROWS > 3 ? v128.load(c3) : t00;
    let t31 = ROWS > 3 && VECTORS > 1 ? v128.load(c3, 16) : t00;
    for (const end = u + k * stepU; u < end; u += stepU) {
      const u0 = v128.load(u);
      const u1 = VECTORS > 1 ? v128.load(u, 16) : u0;
      const u2 = VECTORS > 2 ? v128.load(u, 32) : u0;
      const u3 = VECTORS > 3 ? v128.load(u, 48) : u0;
      let x = v128.load_splat<T>(s);
      t00 = v128.add<T>(t00, v128.mul<T>(x, u0));
      if (VECTORS > 1) t01 = v128.add<T>(t01, v128.mul<T>(x, u1));
      if (VECTORS > 2) t02 = v128.add<T>(t02, v128.mul<T>(x, u2));
      if (VECTORS > 3) t03 = v128.add<T>(t03, v128.mul<T>(x, u3));
      if (ROWS > 1) {
        x = packed ? v128.load_splat<T>(s, sizeof<T>()) : v128.load_splat<T>(s1);
        t10 = v128.add<T>(t10, v128.mul<T>(x, u0));
        if (VECTORS > 1) t11 = v128.add<T>(t11, v128.mul<T>(x, u1));
        if (VECTORS > 2) t12 = v128.add<T>(t12, v128.mul<T>(x, u2));
        if (VECTORS > 3) t13 = v128.add<T>(t13, v128.mul<T>(x, u3));
      }
      if (ROWS > 2) {
        x = packed ? v128.load_splat<T>(s, 2 * sizeof<T>()) : v128.load_splat<T>(s2);
        t20 = v128.add<T>(t20, v128.mul<T>(x, u0));
        if (VECTORS > 1) t21 = v128.add<T>(t21, v128.mul<T>(x, u1));
      }
      if (ROWS > 3) {
        x = packed ? v128.load_splat<T>(s, 3 * sizeof<T>()) : v128.load_splat<T>(s3);
        t30 = v128.add<T>(t30, v128.mul<T>(x, u0));
        if (VECTORS > 1) t31 = v128.add<T>(t31, v128.mul<T>(x, u1));
      }
      s += step;
      if (!packed && ROWS > 1) s1 += step;
      if (!packed && ROWS > 2) s2 += step;
      if (!packed && ROWS > 3) s3 += step;
    }
    v128.store(c, t00);
    if (VECTORS > 1) v128.store(c, t01, 16);
    if (VECTORS > 2) v128.store(c, t02, 32);
    if (VECTORS > 3) v128.store(c, t03, 48);
    if (ROWS > 1) v128.store(c1, t10);
    if (ROWS > 1 && VECTORS > 1) v128.store(c1, t11, 16);
    if (ROWS > 1 && VECTORS > 2) v128.store(c1, t12, 32);
    if (ROWS > 1 && VECTORS > 3) v128.store(c1, t13, 48);
    if (ROWS > 2) v128.store(c2, t20);
    if (ROWS > 2 && VECTORS > 1) v128.store(c2, t21, 16);
    if (ROWS > 3) v128.store(c3, t30);
    if (ROWS > 3 && VECTORS > 1) v128.store(c3, t31, 16);
  }
}

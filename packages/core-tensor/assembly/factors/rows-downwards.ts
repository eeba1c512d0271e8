/** y += A z for eight rows, as `rows64` and `rows32`, but each adds its products beginning with the last. */
export class RowsDownwards {
  /** `a` is the last element of the first row and `z` the last of z; k, their number, is a multiple of the lanes. */
  @inline
  static add<T>(k: usize, a: usize, row: usize, z: usize, y: usize): void {
    if (sizeof<T>() === 8) RowsDownwards.float64(k, a - 8, row, z - 8, y);
    else RowsDownwards.float32(k, a - 12, row, z - 12, y);
  }

  private static float64(k: usize, a: usize, row: usize, z: usize, y: usize): void {
    const a2 = a + 2 * row;
    const a4 = a2 + 2 * row;
    const a6 = a4 + 2 * row;
    let s01 = v128.load(y);
    let s23 = v128.load(y, 16);
    let s45 = v128.load(y, 32);
    let s67 = v128.load(y, 48);
    for (let l: usize = 0; k > 0; k -= 2, l -= 16) {
      const last = v128.load_splat<f64>(z + l, 8);
      const other = v128.load_splat<f64>(z + l);
      s01 = RowsDownwards.two(s01, a + l, row, last, other);
      s23 = RowsDownwards.two(s23, a2 + l, row, last, other);
      s45 = RowsDownwards.two(s45, a4 + l, row, last, other);
      s67 = RowsDownwards.two(s67, a6 + l, row, last, other);
    }
    v128.store(y, s01);
    v128.store(y, s23, 16);
    v128.store(y, s45, 32);
    v128.store(y, s67, 48);
  }

  /** The sums of two rows, and two of their products. */
  @inline
  private static two(sum: v128, a: usize, row: usize, last: v128, other: v128): v128 {
    const p = v128.load(a);
    const q = v128.load(a + row);
    sum = f64x2.add(sum, f64x2.mul(v128.shuffle<f64>(p, q, 1, 3), last));
    return f64x2.add(sum, f64x2.mul(v128.shuffle<f64>(p, q, 0, 2), other));
  }

  private static float32(k: usize, a: usize, row: usize, z: usize, y: usize): void {
    const below: usize = 4 * row;
    let s0 = v128.load(y);
    let s1 = v128.load(y, 16);
    for (; k > 0; k -= 4, a -= 16, z -= 16) {
      s0 = RowsDownwards.four(s0, a, row, z);
      s1 = RowsDownwards.four(s1, a + below, row, z);
    }
    v128.store(y, s0);
    v128.store(y, s1, 16);
  }

  /** The sums of four rows, and four of their products; vectors of rows become vectors of columns. */
  @inline
  private static four(sum: v128, a: usize, row: usize, z: usize): v128 {
    const r0 = v128.load(a);
    const r1 = v128.load(a + row);
    const r2 = v128.load(a + 2 * row);
    const r3 = v128.load(a + 3 * row);
    const first01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const last01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const first23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const last23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f64>(last01, last23, 1, 3), v128.load_splat<f32>(z, 12)));
    sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f64>(last01, last23, 0, 2), v128.load_splat<f32>(z, 8)));
    sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f64>(first01, first23, 1, 3), v128.load_splat<f32>(z, 4)));
    return f32x4.add(sum, f32x4.mul(v128.shuffle<f64>(first01, first23, 0, 2), v128.load_splat<f32>(z)));
  }
}

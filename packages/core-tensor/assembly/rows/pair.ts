/** Elements of two places, `p` and `q`: those of two rows. Inlined. */
export class Pair {
  @inline
  static load(p: usize, q: usize): v128 {
    return v128.load_lane<f64>(q, v128.load_zero<f64>(p), 1);
  }

  @inline
  static store(p: usize, q: usize, value: v128): void {
    v128.store_lane<f64>(p, value, 0);
    v128.store_lane<f64>(q, value, 1);
  }

  /** How far the second row is from the first: the last of an odd number of rows goes with itself. */
  @inline
  static apart(row: usize, rows: usize, bytes: usize): usize {
    return row + 1 < rows ? bytes : 0;
  }
}

/** The larger or the smaller of two, of both signs of zero and with NaN as `Math.max` and `Math.min` have it. Inlined. */
export class Extremum {
  @inline
  static of<T>(largest: bool, a: v128, b: v128): v128 {
    return largest ? v128.max<T>(a, b) : v128.min<T>(a, b);
  }

  @inline
  static ofTwo<T>(largest: bool, a: T, b: T): T {
    return largest ? max<T>(a, b) : min<T>(a, b);
  }

  /**
   * y[o, i] = the extremum of itself and of x [outer, length, inner] over the middle axis. It does not depend on an order:
   * lanes are parts of a row where rows are contiguous, and columns otherwise.
   */
  @inline
  static reduce<T>(largest: bool, outer: usize, length: usize, inner: usize, x: usize, y: usize): void {
    const bytes = inner * sizeof<T>();
    for (let o: usize = 0; o < outer; o++, y += bytes) {
      if (inner === 1) {
        Extremum.row<T>(largest, length * sizeof<T>(), x, y);
        x += length * sizeof<T>();
      } else {
        for (const end = x + length * bytes; x < end; x += bytes) Extremum.add<T>(largest, bytes, x, y);
      }
    }
  }

  /**
   * y = the extremum of itself and of all of a row. `pmax` is one instruction and `max` eight, but it passes over NaN and
   * takes zeros for equal: so NaN is looked for beside, and where the result is 0 the row is looked at again.
   */
  @inline
  static row<T>(largest: bool, bytes: usize, x: usize, y: usize): void {
    const start = v128.load_splat<T>(y);
    const whole = bytes & ~63;
    let m0 = start;
    let m1 = start;
    let m2 = start;
    let m3 = start;
    let nan = v128.ne<T>(start, start);
    for (let j: usize = 0; j < whole; j += 64) {
      const x0 = v128.load(x + j);
      const x1 = v128.load(x + j, 16);
      const x2 = v128.load(x + j, 32);
      const x3 = v128.load(x + j, 48);
      m0 = largest ? v128.pmax<T>(m0, x0) : v128.pmin<T>(m0, x0);
      m1 = largest ? v128.pmax<T>(m1, x1) : v128.pmin<T>(m1, x1);
      m2 = largest ? v128.pmax<T>(m2, x2) : v128.pmin<T>(m2, x2);
      m3 = largest ? v128.pmax<T>(m3, x3) : v128.pmin<T>(m3, x3);
      const nan01 = v128.or(v128.ne<T>(x0, x0), v128.ne<T>(x1, x1));
      nan = v128.or(nan, v128.or(nan01, v128.or(v128.ne<T>(x2, x2), v128.ne<T>(x3, x3))));
    }
    m0 = Extremum.of<T>(largest, Extremum.of<T>(largest, m0, m1), Extremum.of<T>(largest, m2, m3));
    let most = Extremum.ofTwo<T>(largest, v128.extract_lane<T>(m0, 0), v128.extract_lane<T>(m0, 1));
    if (sizeof<T>() === 4) {
      most = Extremum.ofTwo<T>(largest, most, v128.extract_lane<T>(m0, 2));
      most = Extremum.ofTwo<T>(largest, most, v128.extract_lane<T>(m0, 3));
    }
    for (let j: usize = most === 0 ? 0 : whole; j < bytes; j += sizeof<T>()) {
      most = Extremum.ofTwo<T>(largest, most, load<T>(x + j));
    }
    store<T>(y, v128.any_true(nan) ? <T>NaN : most);
  }

  /** y[i] = the extremum of y[i] and x[i] */
  @inline
  static add<T>(largest: bool, bytes: usize, x: usize, y: usize): void {
    const whole = bytes & ~15;
    let j: usize = 0;
    for (; j < whole; j += 16) v128.store(y + j, Extremum.of<T>(largest, v128.load(y + j), v128.load(x + j)));
    for (; j < bytes; j += sizeof<T>()) {
      store<T>(y + j, Extremum.ofTwo<T>(largest, load<T>(y + j), load<T>(x + j)));
    }
  }
}

export function max64(outer: usize, length: usize, inner: usize, x: usize, y: usize): void {
  Extremum.reduce<f64>(true, outer, length, inner, x, y);
}

export function min64(outer: usize, length: usize, inner: usize, x: usize, y: usize): void {
  Extremum.reduce<f64>(false, outer, length, inner, x, y);
}

export function max32(outer: usize, length: usize, inner: usize, x: usize, y: usize): void {
  Extremum.reduce<f32>(true, outer, length, inner, x, y);
}

export function min32(outer: usize, length: usize, inner: usize, x: usize, y: usize): void {
  Extremum.reduce<f32>(false, outer, length, inner, x, y);
}

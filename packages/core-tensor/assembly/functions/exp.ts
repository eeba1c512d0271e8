import { TABLE } from "./exp-table";
import { splat } from "./splat";

/** Adding and subtracting 1.5 2^52 rounds to a whole number, ties to even, and leaves that number in the low bits. */
export const ROUND: f64 = 6755399441055744;

/**
 * e^x = 2^(n/256) e^r, n the whole number nearest to 256 x / ln 2, so that |r| <= ln 2 / 512: there five terms of the series
 * give e^r - 1 to 2^-66. With n = 256 m + j, 2^(n/256) = 2^m 2^(j/256), the latter from a table: the nearest number and
 * what it lacks, so that hardly more than the last rounding is an error. ln 2 / 256 comes in two parts; the product of the
 * first with n is exact.
 */
export function exp(x: v128): v128 {
  if (Exp.isExtreme(x)) return extreme(x);
  return Exp.inside(x);
}

/** e^x where it may be beyond the normal numbers. */
export function extreme(x: v128): v128 {
  // 0 below -746. It is not left to a product of tiny numbers, on which a processor spends a hundred cycles.
  const isZero = f64x2.lt(x, splat(-746));
  // Infinity beyond 710. A NaN passes: the minimum gives its first operand then.
  const inside = f64x2.pmin(v128.andnot(x, isZero), splat(710));
  const k = Exp.nearest(inside);
  const m = f64x2.floor(f64x2.mul(f64x2.sub(k, splat(ROUND)), splat(0.00390625)));
  // 2^m by halves of m, which are normal numbers even where it is not: the only rounding is that of the result.
  const whole = i32x4.trunc_sat_f64x2_s_zero(m);
  const half = i32x4.shr_s(whole, 1);
  const result = f64x2.mul(f64x2.mul(Exp.mantissa(inside, k), power(half)), power(i32x4.sub(whole, half)));
  return v128.andnot(result, isZero);
}

/** 2^n for the two whole numbers of the low lanes. */
function power(n: v128): v128 {
  return i64x2.shl(i64x2.add(i64x2.extend_low_i32x4_s(n), i64x2.splat(1023)), 52);
}

/** Parts of `exp`. Inlined, several side by side are computed together: alone, one operation waits for the other. */
export class Exp {
  /** Is one of two numbers beyond 708? */
  @inline
  static isExtreme(x: v128): bool {
    return v128.any_true(f64x2.gt(f64x2.abs(x), splat(708)));
  }

  /** e^x for |x| <= 708 and NaN */
  @inline
  static inside(x: v128): v128 {
    const k = Exp.nearest(x);
    // m is above the eight bits of j: it is added to the exponent.
    const m = v128.and(k, i64x2.splat(-256));
    return i64x2.add(Exp.mantissa(x, k), i64x2.shl(m, 44));
  }

  /** n + ROUND */
  @inline
  static nearest(x: v128): v128 {
    return f64x2.add(f64x2.mul(x, splat(369.3299304675746)), splat(ROUND));
  }

  /** 2^(j/256) e^r */
  @inline
  static mantissa(x: v128, k: v128): v128 {
    const n = f64x2.sub(k, splat(ROUND));
    const first = f64x2.sub(x, f64x2.mul(n, splat(0.00270760617331689)));
    const r = f64x2.sub(first, f64x2.mul(n, splat(7.453964567463233e-13)));
    const square = f64x2.mul(r, r);
    const cubic = f64x2.add(f64x2.mul(r, splat(0.16666666666666666)), splat(0.5));
    const quintic = f64x2.add(f64x2.mul(r, splat(0.008333333333333333)), splat(0.041666666666666664));
    const terms = f64x2.add(r, f64x2.mul(square, f64x2.add(cubic, f64x2.mul(square, quintic))));
    const one = v128.load(TABLE + Exp.entry(i64x2.extract_lane(k, 0)));
    const other = v128.load(TABLE + Exp.entry(i64x2.extract_lane(k, 1)));
    const high = v128.shuffle<f64>(one, other, 0, 2);
    const low = v128.shuffle<f64>(one, other, 1, 3);
    return f64x2.add(high, f64x2.add(f64x2.mul(high, terms), low));
  }

  /** Bytes to the entry j = n mod 256 of the table. */
  @inline
  static entry(k: i64): usize {
    return ((<usize>k) & 255) << 4;
  }
}

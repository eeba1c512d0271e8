import { splat } from "./splat";

/** Inlined parts of the logarithms. */
export class Log {
  /**
   * log(x) + c for x = 2^k m, m in [sqrt(1/2), sqrt(2)), and a small correction c. With f = m - 1, s = f / (2 + f), z = s^2:
   * log(m) = f - f^2 / 2 + s (f^2 / 2 + z p(z)), p minimax of seven terms (error below 2^-58); ln 2 in two parts.
   */
  @inline
  static plus(x: v128, c: v128): v128 {
    // Numbers below 2^-1022 have fewer digits: they are taken 2^54 times.
    const tiny = f64x2.lt(x, splat(2.2250738585072014e-308));
    const normal = v128.bitselect(f64x2.mul(x, splat(18014398509481984)), x, tiny);
    // The exponent counted from sqrt(1/2): 0x3fe6a09e are the first bits of it.
    const above = i64x2.sub(normal, i64x2.splat(0x3fe6a09e00000000));
    const exponent = i64x2.shr_s(above, 52);
    const m = i64x2.sub(normal, i64x2.shl(exponent, 52));
    const counted = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(exponent, exponent, 0, 2, 0, 2));
    const k = f64x2.sub(counted, v128.and(splat(54), tiny));
    const f = f64x2.sub(m, splat(1));
    const s = f64x2.div(f, f64x2.add(f, splat(2)));
    const z = f64x2.mul(s, s);
    let p = splat(0.14796261859969342);
    p = f64x2.add(f64x2.mul(p, z), splat(0.15314021042292603));
    p = f64x2.add(f64x2.mul(p, z), splat(0.1818356541060023));
    p = f64x2.add(f64x2.mul(p, z), splat(0.2222219855371162));
    p = f64x2.add(f64x2.mul(p, z), splat(0.28571428742562993));
    p = f64x2.add(f64x2.mul(p, z), splat(0.3999999999941396));
    p = f64x2.add(f64x2.mul(p, z), splat(0.6666666666666734));
    const half = f64x2.mul(f64x2.mul(f, f), splat(0.5));
    const small = f64x2.add(f64x2.mul(k, splat(1.9082149292705877e-10)), c);
    const rest = f64x2.add(f64x2.mul(s, f64x2.add(half, f64x2.mul(z, p))), small);
    return f64x2.sub(f64x2.mul(k, splat(0.6931471803691238)), f64x2.sub(f64x2.sub(half, rest), f));
  }

  /** Is the logarithm a number? */
  @inline
  static isUsual(x: v128): v128 {
    return v128.and(f64x2.gt(x, splat(0)), f64x2.lt(x, splat(Infinity)));
  }
}

/** The natural logarithm: -infinity at 0, NaN below it. */
export function log(x: v128): v128 {
  const y = Log.plus(x, splat(0));
  const usual = Log.isUsual(x);
  if (v128.all_true<i64>(usual)) return y;
  const zero = f64x2.eq(x, splat(0));
  // infinity and NaN are their own logarithms
  const own = v128.bitselect(splat(NaN), x, f64x2.lt(x, splat(0)));
  return v128.bitselect(y, v128.bitselect(splat(-Infinity), own, zero), usual);
}

/** log(1 + x) for 0 <= x <= 1 and NaN: the logarithm of the rounded 1 + x, and what rounding took from it. */
export function log1p(x: v128): v128 {
  const sum = f64x2.add(x, splat(1));
  const lost = f64x2.div(f64x2.sub(x, f64x2.sub(sum, splat(1))), sum);
  const y = Log.plus(sum, lost);
  return v128.bitselect(x, y, f64x2.eq(sum, splat(1)));
}

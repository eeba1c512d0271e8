import { splat } from "./splat";

/** Adding and subtracting 1.5 2^52 rounds to a whole number, ties to even, and leaves that number in the low bits. */
export const ROUND: f64 = 6755399441055744;

/**
 * e^x = 2^n e^r, n the whole number nearest to x / ln 2, r = x - n ln 2 = high - low, so that |r| <= ln 2 / 2; there
 * e^r = 1 + 2 r / (R - r) with R = r (e^r + 1) / (e^r - 1) = 2 + r^2 p(r^2), an even function, which five terms give to
 * 2^-60 (minimax, computed with 60 digits; the last digits are such that e^1 is e, correctly rounded). With c = r - r^2 p: e^r = 1 + r + r c / (2 - c).
 */
export function exp(x: v128): v128 {
  // Beyond these the results are 0 and infinity. A NaN passes: these minima and maxima give their first operand then.
  const inside = f64x2.pmin(f64x2.pmax(x, splat(-746)), splat(710));
  const k = f64x2.add(f64x2.mul(inside, splat(1.4426950408889634)), splat(ROUND));
  const n = f64x2.sub(k, splat(ROUND));
  const high = f64x2.sub(inside, f64x2.mul(n, splat(0.6931471803691238)));
  const low = f64x2.mul(n, splat(1.9082149292705877e-10));
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let p = splat(4.136059523214509e-8);
  p = f64x2.add(f64x2.mul(p, t), splat(-1.65338375410589e-6));
  p = f64x2.add(f64x2.mul(p, t), splat(6.613756250548268e-5));
  p = f64x2.add(f64x2.mul(p, t), splat(-0.0027777777776698265));
  p = f64x2.add(f64x2.mul(p, t), splat(0.1666666666666659));
  const c = f64x2.sub(r, f64x2.mul(p, t));
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(splat(2), c));
  const y = f64x2.sub(splat(1), f64x2.sub(f64x2.sub(low, quotient), high));
  if (v128.any_true(f64x2.gt(f64x2.abs(x), splat(708)))) return scale(y, n);
  return i64x2.add(y, i64x2.shl(k, 52));
}

/** y 2^n by halves of n, which are normal numbers even where 2^n is not: the only rounding is that of the result. */
function scale(y: v128, n: v128): v128 {
  const whole = i32x4.trunc_sat_f64x2_s_zero(n);
  const half = i32x4.shr_s(whole, 1);
  return f64x2.mul(f64x2.mul(y, power(half)), power(i32x4.sub(whole, half)));
}

/** 2^n for the two whole numbers of the low lanes. */
function power(n: v128): v128 {
  return i64x2.shl(i64x2.add(i64x2.extend_low_i32x4_s(n), i64x2.splat(1023)), 52);
}

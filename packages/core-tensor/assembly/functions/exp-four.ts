import { exp, ROUND } from "./exp";
import { splat } from "./splat";

/**
 * As `exp`, the same operations on four vectors side by side: one alone is a chain of operations that wait for each other,
 * and two thirds of the time would be waiting.
 */
export function expFour(x: usize, y: usize): void {
  const x0 = v128.load(x);
  const x1 = v128.load(x, 16);
  const x2 = v128.load(x, 32);
  const x3 = v128.load(x, 48);
  // Not by a maximum: that of NaN and a large number may be either.
  const usual01 = v128.and(f64x2.lt(f64x2.abs(x0), splat(708)), f64x2.lt(f64x2.abs(x1), splat(708)));
  const usual23 = v128.and(f64x2.lt(f64x2.abs(x2), splat(708)), f64x2.lt(f64x2.abs(x3), splat(708)));
  if (!v128.all_true<i64>(v128.and(usual01, usual23))) {
    v128.store(y, exp(x0));
    v128.store(y, exp(x1), 16);
    v128.store(y, exp(x2), 32);
    v128.store(y, exp(x3), 48);
    return;
  }
  const inverse = splat(1.4426950408889634);
  const round = splat(ROUND);
  const k0 = f64x2.add(f64x2.mul(x0, inverse), round);
  const k1 = f64x2.add(f64x2.mul(x1, inverse), round);
  const k2 = f64x2.add(f64x2.mul(x2, inverse), round);
  const k3 = f64x2.add(f64x2.mul(x3, inverse), round);
  const n0 = f64x2.sub(k0, round);
  const n1 = f64x2.sub(k1, round);
  const n2 = f64x2.sub(k2, round);
  const n3 = f64x2.sub(k3, round);
  let ln2 = splat(0.6931471803691238);
  const high0 = f64x2.sub(x0, f64x2.mul(n0, ln2));
  const high1 = f64x2.sub(x1, f64x2.mul(n1, ln2));
  const high2 = f64x2.sub(x2, f64x2.mul(n2, ln2));
  const high3 = f64x2.sub(x3, f64x2.mul(n3, ln2));
  ln2 = splat(1.9082149292705877e-10);
  const low0 = f64x2.mul(n0, ln2);
  const low1 = f64x2.mul(n1, ln2);
  const low2 = f64x2.mul(n2, ln2);
  const low3 = f64x2.mul(n3, ln2);
  const r0 = f64x2.sub(high0, low0);
  const r1 = f64x2.sub(high1, low1);
  const r2 = f64x2.sub(high2, low2);
  const r3 = f64x2.sub(high3, low3);
  const t0 = f64x2.mul(r0, r0);
  const t1 = f64x2.mul(r1, r1);
  const t2 = f64x2.mul(r2, r2);
  const t3 = f64x2.mul(r3, r3);
  let term = splat(4.136059523214509e-8);
  let next = splat(-1.65338375410589e-6);
  let p0 = f64x2.add(f64x2.mul(term, t0), next);
  let p1 = f64x2.add(f64x2.mul(term, t1), next);
  let p2 = f64x2.add(f64x2.mul(term, t2), next);
  let p3 = f64x2.add(f64x2.mul(term, t3), next);
  next = splat(6.613756250548268e-5);
  p0 = f64x2.add(f64x2.mul(p0, t0), next);
  p1 = f64x2.add(f64x2.mul(p1, t1), next);
  p2 = f64x2.add(f64x2.mul(p2, t2), next);
  p3 = f64x2.add(f64x2.mul(p3, t3), next);
  next = splat(-0.0027777777776698265);
  p0 = f64x2.add(f64x2.mul(p0, t0), next);
  p1 = f64x2.add(f64x2.mul(p1, t1), next);
  p2 = f64x2.add(f64x2.mul(p2, t2), next);
  p3 = f64x2.add(f64x2.mul(p3, t3), next);
  next = splat(0.1666666666666659);
  p0 = f64x2.add(f64x2.mul(p0, t0), next);
  p1 = f64x2.add(f64x2.mul(p1, t1), next);
  p2 = f64x2.add(f64x2.mul(p2, t2), next);
  p3 = f64x2.add(f64x2.mul(p3, t3), next);
  const c0 = f64x2.sub(r0, f64x2.mul(p0, t0));
  const c1 = f64x2.sub(r1, f64x2.mul(p1, t1));
  const c2 = f64x2.sub(r2, f64x2.mul(p2, t2));
  const c3 = f64x2.sub(r3, f64x2.mul(p3, t3));
  const two = splat(2);
  const quotient0 = f64x2.div(f64x2.mul(r0, c0), f64x2.sub(two, c0));
  const quotient1 = f64x2.div(f64x2.mul(r1, c1), f64x2.sub(two, c1));
  const quotient2 = f64x2.div(f64x2.mul(r2, c2), f64x2.sub(two, c2));
  const quotient3 = f64x2.div(f64x2.mul(r3, c3), f64x2.sub(two, c3));
  const one = splat(1);
  const y0 = f64x2.sub(one, f64x2.sub(f64x2.sub(low0, quotient0), high0));
  const y1 = f64x2.sub(one, f64x2.sub(f64x2.sub(low1, quotient1), high1));
  const y2 = f64x2.sub(one, f64x2.sub(f64x2.sub(low2, quotient2), high2));
  const y3 = f64x2.sub(one, f64x2.sub(f64x2.sub(low3, quotient3), high3));
  v128.store(y, i64x2.add(y0, i64x2.shl(k0, 52)));
  v128.store(y, i64x2.add(y1, i64x2.shl(k1, 52)), 16);
  v128.store(y, i64x2.add(y2, i64x2.shl(k2, 52)), 32);
  v128.store(y, i64x2.add(y3, i64x2.shl(k3, 52)), 48);
}

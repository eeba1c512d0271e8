import { ROUND } from "./exp";
import { splat } from "./splat";

/** Arguments up to here are reduced exactly enough: n = x / (pi / 2) has at most 20 bits. */
export const REACH: f64 = 1647099;

/** Inlined. */
export class Sine {
  /**
   * sin(x + quarter pi / 2) for |x| <= REACH. x = n pi / 2 + r, |r| <= pi / 4, and sin and cos of r take turns:
   *
   *   n mod 4 = 0: sin r    1: cos r    2: -sin r    3: -cos r
   *
   * pi / 2 comes in parts of 33 bits, whose products with n are exact, and a rest; r is the sum of two numbers, high + low,
   * without which sin would lose digits near the multiples of pi.
   */
  @inline
  static of(x: v128, quarter: i64): v128 {
    const k = f64x2.add(f64x2.mul(x, splat(0.6366197723675814)), splat(ROUND));
    const n = f64x2.sub(k, splat(ROUND));
    const first = f64x2.sub(x, f64x2.mul(n, splat(1.5707963267341256)));
    const second = f64x2.mul(n, splat(6.077100506303966e-11));
    const third = f64x2.mul(n, splat(2.0222662487111665e-21));
    const near = f64x2.sub(first, second);
    const lost = Sine.lostBy(first, second, near);
    const sum = f64x2.sub(near, third);
    const rest = f64x2.sub(
      f64x2.mul(n, splat(8.4784276603689e-32)),
      f64x2.add(lost, Sine.lostBy(near, third, sum)),
    );
    const high = f64x2.sub(sum, rest);
    const low = f64x2.sub(f64x2.sub(sum, high), rest);

    const turn = i64x2.add(k, i64x2.splat(quarter));
    const odd = i64x2.sub(i64x2.splat(0), v128.and(turn, i64x2.splat(1)));
    const sign = i64x2.shl(v128.and(turn, i64x2.splat(2)), 62);
    return v128.xor(v128.bitselect(Sine.cosine(high, low), Sine.sinus(high, low), odd), sign);
  }

  /** What the rounded difference a - b lost (Knuth): a - b = difference + lost, exactly. */
  @inline
  private static lostBy(a: v128, b: v128, difference: v128): v128 {
    const taken = f64x2.sub(a, difference);
    const back = f64x2.add(difference, taken);
    return f64x2.add(f64x2.sub(a, back), f64x2.sub(taken, b));
  }

  /** sin(r + low) for |r| <= pi / 4: r + r^3 p(r^2), six terms. */
  @inline
  private static sinus(r: v128, low: v128): v128 {
    const z = f64x2.mul(r, r);
    const cube = f64x2.mul(z, r);
    let p = splat(1.5896067540732063e-10);
    p = f64x2.add(f64x2.mul(p, z), splat(-2.5050745038263104e-8));
    p = f64x2.add(f64x2.mul(p, z), splat(2.755731360452862e-6));
    p = f64x2.add(f64x2.mul(p, z), splat(-0.00019841269829542612));
    p = f64x2.add(f64x2.mul(p, z), splat(0.008333333333322063));
    const inner = f64x2.sub(f64x2.mul(low, splat(0.5)), f64x2.mul(cube, p));
    const small = f64x2.sub(f64x2.mul(z, inner), low);
    return f64x2.sub(r, f64x2.sub(small, f64x2.mul(cube, splat(-0.1666666666666663))));
  }

  /** cos(r + low) for |r| <= pi / 4: 1 - r^2 / 2 + r^4 p(r^2), six terms; what 1 - r^2 / 2 loses is added back. */
  @inline
  private static cosine(r: v128, low: v128): v128 {
    const z = f64x2.mul(r, r);
    const half = f64x2.mul(z, splat(0.5));
    const w = f64x2.sub(splat(1), half);
    let p = splat(-1.135842358417867e-11);
    p = f64x2.add(f64x2.mul(p, z), splat(2.0875698709852876e-9));
    p = f64x2.add(f64x2.mul(p, z), splat(-2.755731416398647e-7));
    p = f64x2.add(f64x2.mul(p, z), splat(2.4801587288800062e-5));
    p = f64x2.add(f64x2.mul(p, z), splat(-0.0013888888888872975));
    p = f64x2.add(f64x2.mul(p, z), splat(0.041666666666666595));
    const small = f64x2.sub(f64x2.mul(f64x2.mul(z, z), p), f64x2.mul(r, low));
    return f64x2.add(w, f64x2.add(f64x2.sub(f64x2.sub(splat(1), w), half), small));
  }
}

/** sin(x + quarter pi / 2) for |x| <= REACH */
export function sine(x: v128, quarter: i64): v128 {
  return Sine.of(x, quarter);
}

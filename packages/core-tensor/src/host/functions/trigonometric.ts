import { lostByDifference, lostByProduct } from "./exact.js";
import { ROUND } from "./exp.js";

/** Arguments up to here are reduced exactly enough: n = x / (pi / 2) has at most 20 bits. */
export const REACH = 1647099;

/** sin(x) within 1 ulp; the same bits on every engine and in SIMD for |x| <= REACH, the engine's own beyond. */
export function sin(x: number): number {
  return Math.abs(x) <= REACH ? sine(x, 0) : Math.sin(x);
}

/** cos(x), as sin */
export function cos(x: number): number {
  return Math.abs(x) <= REACH ? sine(x, 1) : Math.cos(x);
}

/** tan(x) within 1 ulp, as sin: sin and cos as sums of two numbers, so that only their quotient is rounded. */
export function tan(x: number): number {
  if (!(Math.abs(x) <= REACH)) return Math.tan(x);
  const { n, high, low } = reduced(x);
  if (high === 0) return x;
  const s = -sinusRest(high, low);
  const half = high * high * 0.5;
  const w = 1 - half;
  const c = cosineRest(high, low, w, half);
  const [top, topRest, bottom, bottomRest] = (n & 1) === 0 ? [high, s, w, c] : [-w, -c, high, s];
  const [above, below] = [top + topRest, bottom + bottomRest];
  const quotient = above / below;
  const product = quotient * below;
  const lost = above - product - lostByProduct(quotient, below, product);
  return quotient + (lost + (top - above + topRest) - quotient * (bottom - below + bottomRest)) / below;
}

/** sin(x + quarter pi / 2): the operations of assembly/functions/trigonometric.ts, which explains them. */
function sine(x: number, quarter: number): number {
  const { n, high, low } = reduced(x);
  const turn = n + quarter;
  const value = (turn & 1) === 0 ? sinus(high, low) : cosine(high, low);
  return (turn & 2) === 0 ? value : -value;
}

/** x = n pi / 2 + high + low */
function reduced(x: number): { readonly n: number; readonly high: number; readonly low: number } {
  const n = x * 0.6366197723675814 + ROUND - ROUND;
  const first = x - n * 1.5707963267341256;
  const second = n * 6.077100506303966e-11;
  const third = n * 2.0222662487111665e-21;
  const near = first - second;
  const sum = near - third;
  const lost = lostByDifference(first, second, near) + lostByDifference(near, third, sum);
  const rest = n * 8.4784276603689e-32 - lost;
  const high = sum - rest;
  return { n, high, low: sum - high - rest };
}

/** sin(r + low) for |r| <= pi / 4 */
function sinus(r: number, low: number): number {
  return r - sinusRest(r, low);
}

/** r - sin(r + low) */
function sinusRest(r: number, low: number): number {
  const z = r * r;
  const cube = z * r;
  let p = 1.5896067540732063e-10 * z - 2.5050745038263104e-8;
  p = p * z + 2.755731360452862e-6;
  p = p * z - 0.00019841269829542612;
  p = p * z + 0.008333333333322063;
  return z * (low * 0.5 - cube * p) - low - cube * -0.1666666666666663;
}

/** cos(r + low) for |r| <= pi / 4 */
function cosine(r: number, low: number): number {
  const half = r * r * 0.5;
  const w = 1 - half;
  return w + cosineRest(r, low, w, half);
}

/** cos(r + low) - w, w the rounded 1 - half, half = r^2 / 2 */
function cosineRest(r: number, low: number, w: number, half: number): number {
  const z = r * r;
  let p = -1.135842358417867e-11 * z + 2.0875698709852876e-9;
  p = p * z - 2.755731416398647e-7;
  p = p * z + 2.4801587288800062e-5;
  p = p * z - 0.0013888888888872975;
  p = p * z + 0.041666666666666595;
  return 1 - w - half + (z * z * p - r * low);
}

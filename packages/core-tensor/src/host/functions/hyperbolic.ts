import { exp, expm1, expTimes } from "./exp.js";

/** From here on e^-|x| is less than half an ulp of e^|x|. */
const FAR = 22;

/** (e^x - e^-x) / 2, from e^|x| - 1, which is exact for small x */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (size > FAR) return Math.sign(x) * expTimes(size, -1);
  const t = expm1(size);
  const twice = size < 1 ? 2 * t - (t * t) / (t + 1) : t + t / (t + 1);
  return x < 0 ? -0.5 * twice : x === 0 ? x : 0.5 * twice;
}

/** (e^x + e^-x) / 2 */
export function cosh(x: number): number {
  const size = Math.abs(x);
  if (size > FAR) return expTimes(size, -1);
  if (size < 0.35) {
    const t = expm1(size);
    return 1 + (t * t) / (2 + 2 * t);
  }
  const half = 0.5 * exp(size);
  return half + 0.25 / half;
}

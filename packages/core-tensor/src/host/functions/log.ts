import { powerOfTwo } from "./exp.js";

/** The bits of a number: its high word holds sign, exponent and the first 20 digits. */
const number = new Float64Array(1);
const words = new Int32Array(number.buffer);
const high = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** log(x) + c for 0 < x < infinity: the operations of assembly/functions/log.ts, which explains them. */
function logPlus(x: number, c: number): number {
  const tiny = x < 2.2250738585072014e-308;
  const normal = tiny ? x * 18014398509481984 : x;
  number[0] = normal;
  const exponent = (words[high]! - 0x3fe6a09e) >> 20;
  const m = normal * powerOfTwo(-exponent);
  const k = tiny ? exponent - 54 : exponent;
  const f = m - 1;
  const s = f / (f + 2);
  const z = s * s;
  let p = 0.14796261859969342 * z + 0.15314021042292603;
  p = p * z + 0.1818356541060023;
  p = p * z + 0.2222219855371162;
  p = p * z + 0.28571428742562993;
  p = p * z + 0.3999999999941396;
  p = p * z + 0.6666666666666734;
  const square = f * f * 0.5;
  const rest = s * (square + z * p) + (k * 1.9082149292705877e-10 + c);
  return k * 0.6931471803691238 - (square - rest - f);
}

/** The natural logarithm within 1 ulp, the same bits on every engine and in SIMD. */
export function log(x: number): number {
  if (x > 0 && x < Infinity) return logPlus(x, 0);
  if (x === 0) return -Infinity;
  return x < 0 ? NaN : x;
}

/** log(1 + x): the logarithm of the rounded 1 + x, and what rounding took from it. */
export function log1p(x: number): number {
  const sum = x + 1;
  if (sum === 1) return x;
  if (sum > 0 && sum < Infinity) return logPlus(sum, (x - (sum - 1)) / sum);
  return log(sum);
}

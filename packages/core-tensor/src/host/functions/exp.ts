import { high, low } from "./exp-table.js";

/** Adding and subtracting 1.5 2^52 rounds to a whole number, ties to even. */
export const ROUND = 6755399441055744;

/** 2^n for n from LOWEST to 1023: a table, because JavaScript cannot set an exponent. */
const LOWEST = -1074;
const powers = new Float64Array(1023 - LOWEST + 1);
for (let i = -LOWEST, power = 1; i < powers.length; i++, power *= 2) powers[i] = power;
for (let i = -LOWEST, power = 1; i >= 0; i--, power /= 2) powers[i] = power;

/** 2^n for whole n from -1074 to 1023 */
export function powerOfTwo(n: number): number {
  return powers[n - LOWEST]!;
}

/**
 * e^x within 0.51 ulp (0.76 below the normal numbers): the operations of assembly/functions/exp.ts, which explains them, on one number. Every engine gives
 * the same bits, and so does SIMD.
 */
export function exp(x: number): number {
  return expTimes(x, 0);
}

/** e^x 2^k, for a small k that may keep it from overflow */
export function expTimes(x: number, k: number): number {
  if (x > 711) return Infinity;
  if (x < -746) return 0;
  if (x !== x) return x;
  const n = x * 369.3299304675746 + ROUND - ROUND;
  const r = x - n * 0.00270760617331689 - n * 7.453964567463233e-13;
  const square = r * r;
  const cubic = r * 0.16666666666666666 + 0.5;
  const quintic = r * 0.008333333333333333 + 0.041666666666666664;
  const terms = r + square * (cubic + square * quintic);
  const j = n & 255;
  const y = high[j]! + (high[j]! * terms + low[j]!);
  const power = (n - j) / 256 + k;
  if (power >= LOWEST && power < 1024) return y * powers[power - LOWEST]!;
  const half = Math.floor(power / 2);
  return y * powerOfTwo(half) * powerOfTwo(power - half);
}

/** e^r - 1 - r for |r| <= ln 2 / 2 */
function quotient(r: number): number {
  const t = r * r;
  let p = 4.136059523214509e-8 * t - 1.65338375410589e-6;
  p = p * t + 6.613756250548268e-5;
  p = p * t - 0.0027777777776698265;
  p = p * t + 0.1666666666666659;
  const c = r - p * t;
  return (r * c) / (2 - c);
}

/** e^x - 1 within 1 ulp. With x = n ln 2 + r it is 2^n (1 + e^r - 1) - 1, added up in the order that loses least for each n. */
export function expm1(x: number): number {
  if (x > 40) return exp(x);
  if (x < -40) return -1;
  const n = x * 1.4426950408889634 + ROUND - ROUND;
  const high = x - n * 0.6931471803691238;
  const low = n * 1.9082149292705877e-10;
  const rest = low - quotient(high - low);
  const minus = rest - high; // 1 - e^r
  if (n === 0) return x === 0 ? x : -minus;
  if (n === -1) return -0.5 * minus - 0.5;
  if (n === 1) return high < -0.25 ? -2 * (rest - (high + 0.5)) : 1 - 2 * minus;
  if (x !== x) return x;
  const scale = powerOfTwo(n);
  if (n < 0) return (1 - minus) * scale - 1;
  const inverse = powerOfTwo(-n);
  return (n < 20 ? 1 - inverse - minus : 1 - (minus + inverse)) * scale;
}

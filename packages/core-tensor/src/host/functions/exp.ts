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
 * e^x within 1 ulp: the operations of assembly/functions/exp.ts, which explains them, on one number. Every engine gives the
 * same bits, and so does SIMD.
 */
export function exp(x: number): number {
  if (x > 710) return Infinity;
  if (x < -746) return 0;
  const n = x * 1.4426950408889634 + ROUND - ROUND;
  const high = x - n * 0.6931471803691238;
  const low = n * 1.9082149292705877e-10;
  const r = high - low;
  const t = r * r;
  let p = 4.136059523214509e-8 * t - 1.65338375410589e-6;
  p = p * t + 6.613756250548268e-5;
  p = p * t - 0.0027777777776698265;
  p = p * t + 0.1666666666666659;
  const c = r - p * t;
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (n >= LOWEST && n < 1024) return y * powers[n - LOWEST]!;
  if (x !== x) return x;
  const half = Math.floor(n / 2);
  return y * powerOfTwo(half) * powerOfTwo(n - half);
}

/** A number, and how much of it rounding changes. */
export interface Measured {
  readonly value: number;
  readonly noise: number;
}

/** Rounding errors of a handful of evaluations differ by less than this factor. */
const SPREAD = 64;

/**
 * The value of a linear functional at v. Its rounding is measured: g(s v) / s is the same number for every s, computed
 * with other roundings.
 */
export function measured(v: Float64Array, g: (v: Float64Array) => number): Measured {
  const value = g(v);
  const others = [3, 5, 7].map((s) => g(v.map((x) => s * x)) / s);
  return { value, noise: Math.max(...others.map((other) => Math.abs(other - value))) };
}

/** Equal up to the rounding of either, or `rounding`, whichever is largest. NaN agrees with nothing. */
export function agree(a: Measured, b: Measured, rounding: number): boolean {
  return Math.abs(a.value - b.value) <= SPREAD * Math.max(a.noise, b.noise, rounding);
}

/** A number, and how much of it rounding changes. */
export interface Measured {
  readonly value: number;
  readonly noise: number;
}

/** Rounding errors of a handful of evaluations differ by less than this factor. */
const SPREAD = 64;

/**
 * The value of a linear functional at v. Its rounding is measured: g(s v) / s is the same number for every s, computed
 * with other roundings. The factors s are near 1, by the root of the unit roundoff, so that a g which is not linear has
 * little of that taken for rounding.
 */
export function measured(
  v: Float64Array,
  g: (v: Float64Array) => number,
  epsilon: number = 2 ** -52,
): Measured {
  const value = g(v);
  const factors = [1, 3, -5].map((k) => 1 + k * Math.sqrt(epsilon));
  const others = factors.map((s) => g(v.map((x) => s * x)) / s);
  return { value, noise: Math.max(...others.map((other) => Math.abs(other - value))) };
}

/** Equal up to the rounding of either, or `rounding`, whichever is largest. NaN agrees with nothing. */
export function agree(a: Measured, b: Measured, rounding: number): boolean {
  return Math.abs(a.value - b.value) <= SPREAD * Math.max(a.noise, b.noise, rounding);
}

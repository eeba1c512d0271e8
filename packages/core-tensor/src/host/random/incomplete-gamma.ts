import { log } from "../functions/index.js";

/** A value and its derivative with respect to the shape parameter a. */
export interface WithShapeDerivative {
  readonly value: number;
  readonly derivative: number;
}

const eps = 2 ** -53;

/** R = sum of x^n / ((a+1) ... (a+n)), so that P(a, x) = x^a e^-x / Gamma(a+1) R. All terms are positive. */
export function lowerSeries(a: number, x: number): WithShapeDerivative {
  let [term, value, derivative, harmonic] = [1, 1, 0, 0];
  for (let n = 1; term * (1 + harmonic) > eps * value; n++) {
    term *= x / (a + n);
    harmonic += 1 / (a + n);
    value += term;
    derivative -= term * harmonic;
  }
  return { value, derivative };
}

/**
 * C, so that Q(a, x) = x^a e^-x / Gamma(a) C: the continued fraction 1 / (x+1-a - 1(1-a) / (x+3-a - ...)), by Lentz's
 * method, for x >= a + 1.
 */
export function upperFraction(a: number, x: number): WithShapeDerivative {
  let b = x + 1 - a;
  let [c, dc] = [Infinity, 0];
  let d = 1 / b;
  let dd = d * d;
  let [value, slope] = [d, dd / d];
  for (let i = 1; ; i++) {
    const step = -i * (i - a);
    b += 2;
    dd = -(i * d + step * dd - 1);
    d = 1 / (step * d + b);
    dd *= d * d;
    dc = -1 + (i - (step * dc) / c) / c;
    c = b + step / c;
    const factor = c * d;
    const change = dc / c + dd / d;
    value *= factor;
    slope += change;
    if (Math.abs(factor - 1) <= 2 * eps && Math.abs(change) <= 4 * eps * (Math.abs(slope) + 1 / x)) break;
    if (!Number.isFinite(value)) break;
  }
  return { value, derivative: value * slope };
}

/** psi(a) for a > 0: the recurrence psi(a) = psi(a+1) - 1/a up to 12, then Stirling's series. */
export function digammaOf(a: number): number {
  let [shifted, below] = [a, 0];
  for (; shifted < 12; shifted++) below += 1 / shifted;
  const r = 1 / (shifted * shifted);
  const series =
    r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - (r * 691) / 32760)))));
  return log(shifted) - 0.5 / shifted - series - below;
}

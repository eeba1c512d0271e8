import { exp, log } from "../host/functions/index.js";
import { erf, erfc } from "./erf.js";
import { polynomial } from "./polynomial.js";

const central = [
  1.50140941, 0.246640727, -0.00417768164, -0.00125372503, 0.00021858087, -4.39150654e-6, -3.5233877e-6,
  3.43273939e-7, 2.81022636e-8,
];
const tail = [
  2.83297682, 1.00167406, 0.00943887047, -0.0076224613, 0.00573950773, -0.00367342844, 0.00134934322,
  0.000100950558, -0.000200214257,
];

const SQRT_PI_OVER_2 = 0.886226925452758;

/** erfc(y) = p nearly, for small p: erfc(y) = exp(-y^2) / (y sqrt(pi)) (1 - ...) */
function far(p: number): number {
  let y = Math.sqrt(-log(p));
  for (let step = 0; step < 3; step++) y = Math.sqrt(-log(p * y * 2 * SQRT_PI_OVER_2));
  return y;
}

/**
 * The y with erf(y) = x: infinite at +-1, NaN beyond. Giles's approximation, which has 7 digits (the asymptotic series in the far tail), and two of Halley's steps,
 * on erfc where x is large, since 1 - x is exact there.
 *
 * Source: Giles, "Approximating the erfinv function", GPU Computing Gems, 2010.
 */
export function erfinv(x: number): number {
  const size = Math.abs(x);
  if (size < 1e-8) return x * SQRT_PI_OVER_2;
  if (!(size < 1)) return size === 1 ? x * Infinity : NaN;
  const w = -log((1 - size) * (1 + size));
  let y = far(1 - size);
  if (w < 5) y = size * polynomial(central, w - 2.5);
  else if (w < 16) y = size * polynomial(tail, Math.sqrt(w) - 3);
  for (let step = 0; step < 2; step++) {
    const error = size < 0.5 ? erf(y) - size : 1 - size - erfc(y);
    // Halley: f / f' = u and f'' / f' = -2y
    const u = error * SQRT_PI_OVER_2 * exp(y * y);
    y -= u / (1 + y * u);
  }
  return Math.sign(x) * y;
}

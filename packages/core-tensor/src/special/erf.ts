import { exp } from "../host/functions/index.js";
import { polynomial } from "./polynomial.js";

/** erf(x) / x for |x| <= 1, in powers of x^2 - 1/2. */
const inner = [
  0.9654687386698673, -0.2810721780454342, 0.07940998675593483, -0.018283884489152906, 0.0034802744966656173,
  -0.0005611894221159944, 7.829649525455366e-5, -9.614808686849139e-6, 1.0536449530022297e-6,
  -1.0420369433085271e-7, 9.387629307975112e-9, -7.798543850549947e-10, 5.958930743134941e-11,
];

/** (1 + 2x) exp(x^2) erfc(x) for 0.46 <= x <= 28, in powers of (x - 3.5) / (x + 3.5). */
const outer = [
  1.2423492448711544, -0.1400091801376194, -0.0105555963322182, 0.09751909515325469, -0.11508959816019883,
  0.08798315382503887, -0.048823325827694615, 0.019099330938893936, -0.004215019911029295,
  -0.00030226783812530483, 0.0005643844471884007, -0.00012151269052121025, -4.2782395812379195e-5,
  2.4262126354392463e-5, 2.328883237902746e-6, -3.817893637150958e-6, -4.5487934457460865e-8,
  6.069380898749051e-7, -6.278200425277382e-9, -1.0129188952088691e-7, -6.416557190229815e-10,
  1.6167182007674436e-8, 3.821624330238533e-10, -1.7508028117381467e-9,
];

/**
 * The error function 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x.
 *
 * Source: the variables are those of Shepherd and Laframboise, "Chebyshev approximation of (1 + 2x) exp(x^2) erfc x",
 * 1981; the coefficients are Chebyshev interpolants of the functions, computed with 60 digits.
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= 1) return x * polynomial(inner, x * x - 0.5);
  if (size > 6) return Math.sign(x);
  return Math.sign(x) * (1 - complement(size));
}

/** 1 - erf(x), to full relative accuracy in the tail. */
export function erfc(x: number): number {
  if (x > 28) return 0;
  if (x > 0.46875) return complement(x);
  return 1 - erf(x);
}

/** erfc(x) for 0.46 <= x <= 28 */
function complement(x: number): number {
  // x^2 = z^2 + (x - z) (x + z), where z^2 is exact: an error of x^2 would be one of the exponential.
  const z = Math.floor(x * 65536) / 65536;
  const t = (z - x) * (x + z);
  const rest = t + t * t * (0.5 + t * (1 / 6 + t * (1 / 24 + t * (1 / 120)))); // e^t - 1: |t| < 0.001
  const scaled = polynomial(outer, (x - 3.5) / (x + 3.5));
  return (exp(-z * z) * (scaled + scaled * rest)) / (1 + 2 * x);
}

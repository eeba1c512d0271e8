import { log as plainLog } from "../host/functions/index.js";
import { cotPi, log, minus, over, PI, plus, times, twoSum, type DoubleDouble } from "./double-double.js";
import { polynomial } from "./polynomial.js";

/** The positive zero, high and low part */
const ROOT: DoubleDouble = [1.4616321449683622, 9.549995429965697e-17];

/** The zero in (-1, 0), and the Taylor series there: the double nearest to it is 8e-18 off, beyond 32 digits of terms near 3. */
const NEGATIVE_ROOT: DoubleDouble = [-0.5040830082644554, -8.15428206243813e-18];
const atNegativeRoot = [0, 8.939798558792134, -0.8093454625306507, 32.258572064915505];

/** digamma(x) / (x - ROOT) on [1, 2], digamma(x) on [2, 4], in powers of x - center; Chebyshev interpolants, as above. */
const onFirst = [
  1.0747589096650145, -0.5791664818235417, 0.4002392309428281, -0.29981946865737935, 0.23226650153041103,
  -0.18277734928545583, 0.14495836771170745, -0.11542831189538687, 0.09210988122401266, -0.07358635496819174,
  0.05882450042997741, -0.04703894912208808, 0.03762221862137334, -0.03011844690355514, 0.024097075208497958,
  -0.01891824314676683, 0.015099934237549947, -0.014949084211244051, 0.012081241845019915,
];
const onSecond = [
  0.8581832171262995, -0.3262546278681057, 0.15712011335204246, -0.0822855863557796, 0.04479965445278853,
  -0.02489004848861125, 0.013985786183700732, -0.007910468813619674, 0.004491813726355047,
  -0.0025566846476047043, 0.0014573735151899568, -0.0008315513633803208, 0.0004747161152869977,
  -0.0002701787625183797, 0.00015425631877078984, -9.653894076236669e-5, 5.544115305478261e-5,
];
const onThird = [
  0.7031566406452432, 0.49035775610023485, -0.11810202582086371, 0.03731764146954112, -0.013073166646112765,
  0.004821409821455783, -0.0018305640383170945, 0.0007073881631882985, -0.0002764392528862845,
  0.00010882587646435264, -4.3052709096313345e-5, 1.7088819558604737e-5, -6.798744830352896e-6,
  2.71139186439816e-6, -1.081837267380096e-6, 4.239080335219694e-7, -1.689491193064166e-7,
  8.352968085904161e-8, -3.3731748624289513e-8,
];
const onFourth = [
  1.103156640645243, 0.3303577561002349, -0.05410202582086385, 0.011717641469542144, -0.002833166646101359,
  0.0007254098213856287, -0.00019216403866135335, 5.2028165372954226e-5, -1.4295248037748587e-5,
  3.968239546726615e-6, -1.109701517475178e-6, 3.119701768202633e-7, -8.77949503025992e-8,
  2.4840360580451438e-8, -7.670177020855156e-9, 2.1910730296071293e-9,
];

/** B_2n / 2n as fractions */
const bernoulli: readonly (readonly [number, number])[] = [
  [1, 12],
  [-1, 120],
  [1, 252],
  [-1, 240],
  [1, 132],
  [-691, 32760],
  [1, 12],
  [-3617, 8160],
  [43867, 14364],
  [-174611, 6600],
  [77683, 276],
  [-236364091, 65520],
];

/**
 * The derivative of log Gamma(x); NaN at the poles -1, -2, ..., -inf at 0 and +inf at -0, as SciPy has it.
 *
 * Source: Abramowitz and Stegun 6.3.5 (recurrence), 6.3.7 (reflection), 6.3.18 (asymptotic series).
 */
export function digamma(x: number): number {
  if (x >= 1) return above(x);
  // The recurrence from x + 1, without rounding it
  if (x > -1e-9) return first(x) - 1 / x;
  return x === Math.round(x) || Number.isNaN(x) ? NaN : reflected(x);
}

function above(x: number): number {
  if (x < 2) return first(x - 1);
  if (x < 10) {
    let sum = 0;
    let rest = x;
    while (rest >= 4) sum += 1 / --rest;
    return sum + (rest < 3 ? polynomial(onThird, rest - 2.5) : polynomial(onFourth, rest - 3.5));
  }
  if (x > 1e17) return plainLog(x);
  const z = 1 / x;
  const coefficients = bernoulli.map(([p, q]) => p / q);
  return plainLog(x) - (z / 2 + z * z * polynomial(coefficients, z * z));
}

/** digamma(1 + d) for 0 <= d < 1 */
function first(d: number): number {
  const quotient = d < 0.5 ? polynomial(onFirst, d - 0.25) : polynomial(onSecond, d - 0.75);
  return (d - (ROOT[0] - 1) - ROOT[1]) * quotient;
}

/**
 * digamma(1 - x) - pi cot(pi x), which cancel near a zero; there is one between any two poles, so that only more digits
 * help.
 */
function reflected(x: number): number {
  const distance = x - NEGATIVE_ROOT[0] - NEGATIVE_ROOT[1];
  if (Math.abs(distance) < 1e-6) return polynomial(atNegativeRoot, distance);
  let z = twoSum(1, -x);
  let sum: DoubleDouble = [0, 0];
  for (; z[0] < 30; z = plus(z, [1, 0])) sum = minus(sum, over([1, 0], z));
  const inverse = over([1, 0], z);
  const square = times(inverse, inverse);
  let tail: DoubleDouble = [0, 0];
  for (let n = bernoulli.length - 1; n >= 0; n--) {
    const [p, q] = bernoulli[n]!;
    tail = times(plus(tail, over([p, 0], [q, 0])), square);
  }
  const logarithm = plus(log(z[0]), [z[1] / z[0], 0]);
  sum = plus(sum, minus(minus(logarithm, times(inverse, [0.5, 0])), tail));
  return minus(sum, times(PI, cotPi(x - Math.round(x))))[0];
}

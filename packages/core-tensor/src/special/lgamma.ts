import { log, sin } from "../host/functions/index.js";
import { plus, times, twoSum, type DoubleDouble } from "./double-double.js";
import { polynomial } from "./polynomial.js";
import { reciprocalGamma } from "./reciprocal-gamma.js";

/** lgamma(x) / ((x - 1) (x - 2)) on [1/2, 3], in powers of x - center; Chebyshev interpolants, computed with 60 digits. */
const pieces = [
  {
    below: 1,
    center: 0.75,
    coefficients: [
      0.6504990445801452, -0.35235940133201404, 0.2940853672244385, -0.28891120177364565, 0.3072613943482591,
      -0.34197894986881, 0.39194610264454166, -0.4585651163983443, 0.5448302625479384, -0.655152289282562,
      0.7954868876026686, -0.9736371930834377, 1.1997403511888975, -1.4871788191917348, 1.8524343361763547,
      -2.3090221136899602, 2.8966420390451684, -3.79661868851763, 4.831475508271459, -4.472470804093944,
      5.456516786851767, -17.507443866525307, 22.99032635037607,
    ],
  },
  {
    below: 1.5,
    center: 1.25,
    coefficients: [
      0.5241164609163369, -0.18455838443681613, 0.09456573803301078, -0.05627340727378555,
      0.036158797975465576, -0.024308805042098078, 0.016827679071482565, -0.01188823808798094,
      0.008525118253451496, -0.006183969630672604, 0.004526840375889739, -0.003338634480220948,
      0.0024788702874627205, -0.0018496922054068961, 0.0013686209890677807, -0.0010280638922714725,
      0.0009281826358216004, -0.0007102982033374784,
    ],
  },
  {
    below: 2.25,
    center: 1.875,
    coefficients: [
      0.43586455222115017, -0.10918086531277577, 0.038122502984276024, -0.01525247284605009,
      0.006561971241575015, -0.002950637201057528, 0.0013661088713472938, -0.000645597054249536,
      0.00030973237576367095, -0.00015031810062870234, 7.361566606531426e-5, -3.631759342514615e-5,
      1.803433047145881e-5, -8.998130708118595e-6, 4.450351911746132e-6, -2.2343462759629297e-6,
      1.3491272700310153e-6, -6.897736316987437e-7,
    ],
  },
  {
    below: 3,
    center: 2.625,
    coefficients: [
      0.3705439330706761, -0.0699549524686498, 0.017818765861370777, -0.005138852690285945,
      0.0015859969236479011, -0.0005106229391467909, 0.0001691627401830069, -5.719605235608319e-5,
      1.9634283200728902e-5, -6.819076081004719e-6, 2.390259748404379e-6, -8.440688634909817e-7,
      2.9919400218545546e-7, -1.0680564514465267e-7, 4.134755619913316e-8, -1.4961657318167672e-8,
    ],
  },
];

/** B_2n / (2n (2n - 1)) */
const stirling = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
];

/**
 * log |Gamma(x)|; infinite at the poles 0, -1, -2, ...
 *
 * Source: Abramowitz and Stegun 6.1.15 (recurrence), 6.1.17 (reflection), 6.1.34 (series of 1 / Gamma), 6.1.40 (Stirling).
 */
export function lgamma(x: number): number {
  if (x >= 0.5) return positive(x);
  // lgamma(x) = lgamma(1 + x) - log |x|, without rounding 1 + x
  if (x > -0.5) return near(1, x) - log(Math.abs(x));
  if (x === -Infinity) return Infinity;
  if (Number.isNaN(x)) return x;
  const offset = x - Math.round(x);
  if (offset === 0) return Infinity;
  if (x > -100) return -logOfReciprocal(offset, -Math.round(x));
  return log(Math.PI / (-x * Math.abs(sin(Math.PI * offset)))) - positive(-x);
}

function positive(x: number): number {
  if (x < 1.5) return near(1, x - 1);
  if (x < 3) return near(2, x - 2);
  if (x < 8) {
    let rest = x;
    let product = 1;
    while (rest >= 3) product *= --rest;
    return near(2, rest - 2) + log(product);
  }
  const inverse = 1 / x;
  const tail = x > 1e9 ? 0 : inverse * polynomial(stirling, inverse * inverse);
  return (x - 0.5) * (log(x) - 1) + (0.4189385332046727 + tail);
}

/** lgamma(base + d), base 1 or 2, for a sum in [1/2, 3]; to full relative accuracy at the zeros 1 and 2. */
function near(base: 1 | 2, d: number): number {
  const { center, coefficients } = pieces.find(({ below }) => base + d < below) ?? pieces[3]!;
  const quotient = polynomial(coefficients, d + (base - center));
  // Adding 0 makes the zero at 1 a positive one.
  return d * (base === 1 ? d - 1 : d + 1) * quotient + 0;
}

/**
 * log |1 / Gamma(d - k)|, 1 / Gamma(d - k) = d (d - 1) ... (d - k) / Gamma(1 + d). Near a zero of the logarithm the
 * product is near 1, and its low part counts.
 */
function logOfReciprocal(d: number, k: number): number {
  let value: DoubleDouble = [0, 0];
  for (let n = reciprocalGamma.length - 1; n >= 0; n--)
    value = plus(times(value, [d, 0]), reciprocalGamma[n]!);
  for (let j = 0; j <= k; j++) value = times(value, twoSum(d, -j));
  return log(Math.abs(value[0])) + value[1] / value[0];
}

import { digamma } from "./digamma.js";
import { polynomial } from "./polynomial.js";

/** B_2k for k = 1, 2, ... */
const bernoulli = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798];

/**
 * The derivative of order n of digamma, for whole n >= 0.
 *
 * Source: Abramowitz and Stegun 6.4.6 (recurrence), 6.4.7 (reflection), 6.4.11 (asymptotic series).
 */
export function polygamma(n: number, x: number): number {
  if (n === 0) return digamma(x);
  if (x > 0) return positive(n, x);
  const offset = x - Math.round(x);
  // A pole of even order has the same sign on both sides.
  if (offset === 0) return n % 2 === 1 ? Infinity : NaN;
  const sign = n % 2 === 0 ? 1 : -1;
  return sign * positive(n, 1 - x) - Math.PI ** (n + 1) * cotangent(n, 1 / Math.tan(Math.PI * offset));
}

/** The derivative of order n of cot, as a polynomial in c = cot: d/dt c^m = -m c^(m-1) (1 + c^2). */
function cotangent(n: number, c: number): number {
  let coefficients = [0, 1];
  for (let order = 0; order < n; order++) {
    const next = new Array<number>(coefficients.length + 1).fill(0);
    coefficients.forEach((value, m) => {
      if (m === 0) return;
      next[m - 1]! -= m * value;
      next[m + 1]! -= m * value;
    });
    coefficients = next;
  }
  return polynomial(coefficients, c);
}

/** (-1)^(n+1) n! sum over k of 1 / (x + k)^(n+1): the first terms as they are, the others by the asymptotic series. */
function positive(n: number, x: number): number {
  let factorial = 1;
  for (let k = 2; k < n; k++) factorial *= k;
  let sum = 0;
  let z = x;
  for (; z < 15 + n; z++) sum += (factorial * n) / z ** (n + 1);
  sum += factorial / z ** n + (factorial * n) / (2 * z ** (n + 1));
  // (2k + n - 1)! / (2k)! / z^(2k + n), from one k to the next
  let term = (factorial * n) / (2 * z ** (n + 1)) / z;
  term *= n + 1;
  for (let k = 1; k <= bernoulli.length; k++) {
    sum += bernoulli[k - 1]! * term;
    term *= ((2 * k + n) * (2 * k + n + 1)) / ((2 * k + 1) * (2 * k + 2) * z * z);
  }
  return n % 2 === 1 ? sum : -sum;
}

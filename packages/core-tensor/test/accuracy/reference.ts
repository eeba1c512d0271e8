import { Decimal } from "decimal.js";

/** Functions of decimals with 60 digits; the special ones by their textbook series, none of which the library uses. */
export const D = Decimal.clone({ precision: 60, defaults: true });
const Exact = Decimal.clone({ precision: 1100, defaults: true });
const PI = D.acos(-1);

/** A double as a decimal, without rounding it (its shortest text is not the number). */
export function exact(x: number): Decimal {
  let whole = x;
  let exponent = 0;
  for (; !Number.isInteger(whole) && exponent > -1074; exponent -= 1) whole *= 2;
  const power = new Exact(2).pow(-exponent);
  return new D(new Exact(BigInt(whole).toString()).div(power));
}

/** log(1 + x) */
export function log1p(x: Decimal): Decimal {
  if (x.abs().gt(1e-6)) return x.plus(1).ln();
  let sum = new D(0);
  for (let n = 12; n >= 1; n--) sum = new D(1).div(n).minus(sum.times(x));
  return sum.times(x);
}

/** e^x - 1 */
export function expm1(x: Decimal): Decimal {
  if (x.abs().gt(1e-6)) return x.exp().minus(1);
  let sum = new D(1);
  for (let n = 12; n >= 2; n--) sum = sum.times(x).div(n).plus(1);
  return sum.times(x);
}

/** 2 / sqrt(pi) sum of (-1)^n x^(2n+1) / (n! (2n + 1)), and 1 - erfc beyond 3 */
export function erf(x: Decimal): Decimal {
  if (x.abs().gt(3)) return new D(1).minus(erfc(x.abs())).times(x.s);
  const square = x.times(x);
  let power = x;
  let sum = x;
  for (let n = 1; !power.isZero() && power.abs().gt(sum.abs().times("1e-64")); n++) {
    power = power.times(square).div(-n);
    sum = sum.plus(power.div(2 * n + 1));
  }
  return sum.times(2).div(PI.sqrt());
}

/** The continued fraction exp(-x^2) / sqrt(pi) / (x + 1/2 / (x + 1 / (x + 3/2 / ...))) beyond 3 */
export function erfc(x: Decimal): Decimal {
  if (x.lt(3)) return new D(1).minus(erf(x));
  let fraction = x;
  for (let k = 200; k >= 1; k--) fraction = x.plus(new D(k / 2).div(fraction));
  return x.times(x).neg().exp().div(PI.sqrt()).div(fraction);
}

/** Newton's method on erf; where it does not converge from the start, the start was wrong. */
export function erfinv(x: Decimal, start: number): Decimal {
  let y = new D(start);
  for (let step = 0; step < 8; step++) {
    const slope = y.times(y).neg().exp().times(2).div(PI.sqrt());
    const change = erf(y).minus(x).div(slope);
    y = y.minus(change);
    if (change.abs().lte(y.abs().times("1e-30"))) return y;
  }
  return new D(NaN);
}

/** B_2, B_4, ..., by the scheme of Akiyama and Tanigawa, whose cancellation 200 digits bear */
const bernoulli = (() => {
  const Long = Decimal.clone({ precision: 200, defaults: true });
  const row: Decimal[] = [];
  const numbers: Decimal[] = [];
  for (let m = 0; m <= 50; m++) {
    row[m] = new Long(1).div(m + 1);
    for (let j = m; j >= 1; j--) row[j - 1] = row[j - 1]!.minus(row[j]!).times(j);
    if (m >= 2 && m % 2 === 0) numbers.push(new D(row[0]!.toPrecision(60)));
  }
  return numbers;
})();

/** log |Gamma(x)|: Stirling's series from 40, the recurrence below, reflection for x < 1/2 */
export function lgamma(x: Decimal): Decimal {
  if (x.lt(0.5)) {
    const sine = x.minus(x.round()).times(PI).sin().abs();
    return PI.div(sine)
      .ln()
      .minus(lgamma(new D(1).minus(x)));
  }
  let z = x;
  let product = new D(1);
  for (; z.lt(40); z = z.plus(1)) product = product.times(z);
  let sum = z.minus(0.5).times(z.ln()).minus(z).plus(PI.times(2).ln().div(2)).minus(product.ln());
  const square = z.times(z);
  let power = z;
  bernoulli.forEach((b, i) => {
    const n = 2 * (i + 1);
    sum = sum.plus(b.div(power.times(n * (n - 1))));
    power = power.times(square);
  });
  return sum;
}

/** The derivative of lgamma, in the same way */
export function digamma(x: Decimal): Decimal {
  if (x.lt(0.5)) {
    const angle = x.minus(x.round()).times(PI);
    return digamma(new D(1).minus(x)).minus(PI.times(angle.cos()).div(angle.sin()));
  }
  let z = x;
  let sum = new D(0);
  for (; z.lt(40); z = z.plus(1)) sum = sum.minus(new D(1).div(z));
  sum = sum.plus(z.ln()).minus(new D(0.5).div(z));
  const square = z.times(z);
  let power = square;
  bernoulli.forEach((b, i) => {
    sum = sum.minus(b.div(power.times(2 * (i + 1))));
    power = power.times(square);
  });
  return sum;
}

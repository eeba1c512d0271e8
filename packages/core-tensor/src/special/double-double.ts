/**
 * Numbers of about 32 digits: the exact sum of two floats, high and low part. For the places where two terms cancel, since
 * the difference of doubles has no correct digit near a zero.
 *
 * Source: Dekker, "A floating-point technique for extending the available precision", 1971; Shewchuk, "Adaptive precision
 * floating-point arithmetic", 1997.
 */
export type DoubleDouble = readonly [high: number, low: number];

export const PI: DoubleDouble = [3.141592653589793, 1.2246467991473532e-16];
const LN2: DoubleDouble = [0.6931471805599453, 2.3190468138462996e-17];

/** a + b exactly */
export function twoSum(a: number, b: number): DoubleDouble {
  const sum = a + b;
  const part = sum - a;
  return [sum, a - (sum - part) + (b - part)];
}

/** a b exactly, unless it over- or underflows */
function twoProduct(a: number, b: number): DoubleDouble {
  const product = a * b;
  const [ah, al] = halves(a);
  const [bh, bl] = halves(b);
  return [product, ah * bh - product + ah * bl + al * bh + al * bl];
}

/** Veltkamp's split into two numbers of 26 bits */
function halves(a: number): DoubleDouble {
  const scaled = 134217729 * a;
  const high = scaled - (scaled - a);
  return [high, a - high];
}

function renormalised(high: number, low: number): DoubleDouble {
  const sum = high + low;
  return [sum, low - (sum - high)];
}

export function plus(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const [high, error] = twoSum(a[0], b[0]);
  const [low, rest] = twoSum(a[1], b[1]);
  const [top, middle] = renormalised(high, error + low);
  return renormalised(top, middle + rest);
}

export function minus(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  return plus(a, [-b[0], -b[1]]);
}

export function times(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const [high, low] = twoProduct(a[0], b[0]);
  return renormalised(high, low + (a[0] * b[1] + a[1] * b[0]));
}

export function over(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const first = a[0] / b[0];
  const rest = minus(a, times(b, [first, 0]));
  const second = rest[0] / b[0];
  const third = minus(rest, times(b, [second, 0]))[0] / b[0];
  return plus(renormalised(first, second), [third, 0]);
}

/** log x = e log 2 + 2 artanh((m - 1) / (m + 1)) where x = 2^e m, 0.7 < m < 1.5 */
export function log(x: number): DoubleDouble {
  const exponent = Math.round(Math.log2(x));
  // Two factors: 2^-exponent alone may overflow.
  const half = Math.trunc(exponent / 2);
  const m = x * 2 ** -half * 2 ** -(exponent - half);
  const s = over(twoSum(m, -1), twoSum(m, 1));
  const square = times(s, s);
  let sum: DoubleDouble = [0, 0];
  for (let n = 24; n >= 0; n--) sum = plus(times(sum, square), over([2, 0], [2 * n + 1, 0]));
  return plus(times(LN2, [exponent, 0]), times(s, sum));
}

/** cot(pi d) for 0 < |d| <= 1/2, by the power series of sine and cosine */
export function cotPi(d: number): DoubleDouble {
  const x = times(PI, [d, 0]);
  const square = times(x, x);
  let sine: DoubleDouble = [1, 0];
  let cosine: DoubleDouble = [1, 0];
  for (let n = 20; n >= 1; n--) {
    cosine = minus([1, 0], over(times(square, cosine), [2 * n * (2 * n - 1), 0]));
    sine = minus([1, 0], over(times(square, sine), [2 * n * (2 * n + 1), 0]));
  }
  return over(cosine, times(x, sine));
}

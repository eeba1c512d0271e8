import { log } from "../functions/index.js";

const polynomial = (x: number, coefficients: readonly number[]): number => {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * x + coefficients[i]!;
  return value;
};

/** Numerators and denominators of three rational functions, lowest order first. */
const centralNumerator = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
];
const centralDenominator = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852546,
];
const middleNumerator = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
];
const middleDenominator = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const farNumerator = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const farDenominator = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
];

/**
 * x with Phi(x) = p for the standard normal distribution function, to about 16 digits, also in the tails: the smaller of
 * p and q = 1 - p is used, so that x near +-8 and beyond is as accurate as x near 0.
 *
 * Wichura, "Algorithm AS 241: the percentage points of the normal distribution" (1988), PPND16.
 */
export function normalQuantile(p: number, q: number): number {
  const tail = Math.min(p, q);
  const side = p < q ? -1 : 1;
  const distance = 0.5 - tail;
  if (distance <= 0.425) {
    const r = 0.180625 - distance * distance;
    return (side * distance * polynomial(r, centralNumerator)) / polynomial(r, centralDenominator);
  }
  const r = Math.sqrt(-log(tail));
  if (r <= 5) return (side * polynomial(r - 1.6, middleNumerator)) / polynomial(r - 1.6, middleDenominator);
  if (r === Infinity) return side * Infinity;
  return (side * polynomial(r - 5, farNumerator)) / polynomial(r - 5, farDenominator);
}

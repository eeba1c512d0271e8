/** (tanh(x) / x - 1) / x^2 for |x| <= 0.56, in powers of x^2 - 0.1568; a Chebyshev interpolant, computed with 60 digits. */
const coefficients = [
  -0.31367427110343155, 0.11789536513574717, -0.044861965417192826, 0.017092712824429243,
  -0.006513370028272648, 0.0024820337816509885, -0.0009458242911187188, 0.0003604237376600786,
  -0.00013734608615862624, 5.233550291057556e-5, -1.994321082958409e-5, 7.689024346794641e-6,
  -2.9326637915397463e-6,
];

const horner = coefficients.reduceRight(
  (inner, c) => (inner === "" ? `(${c})` : `(${c} + z * ${inner})`),
  "",
);

/**
 * tanh as kernel text: x + x^3 p(x^2) for small x, 1 - 2 / (e^2|x| + 1) with its sign elsewhere. V8's own function is more
 * than 2 ulp off at places.
 */
export const tanhText = {
  before: ["const size = Math.abs(a);", "const z = size * size - 0.1568;", `const p = ${horner};`],
  expression:
    "Math.sign(a) * (size < 0.56 ? size + size * (size * size * p) : 1 - 2 / (Math.exp(2 * size) + 1))",
};

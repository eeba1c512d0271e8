import { add, exp, mul, neg, reciprocal, rsqrt, square, sub } from "@cotangent/core-tensor";
import { byDerivative, constant, quadrature } from "./families.js";

/** Inverse trigonometric, hyperbolic, error and gamma functions. */
export const functionJet = {
  round: constant,
  asin: quadrature((x) => rsqrt(sub(1, square(x)))),
  acos: quadrature((x) => neg(rsqrt(sub(1, square(x))))),
  atan: quadrature((x) => reciprocal(add(1, square(x)))),
  sinh: quadrature((x) => mul(0.5, add(exp(x), exp(neg(x))))),
  cosh: quadrature((x) => mul(0.5, sub(exp(x), exp(neg(x))))),
  erf: quadrature((x) => mul(2 / Math.sqrt(Math.PI), exp(neg(square(x))))),
  erfc: quadrature((x) => mul(-2 / Math.sqrt(Math.PI), exp(neg(square(x))))),
  erfinv: byDerivative,
  // Each derivative is the next polygamma function, to a lower order.
  lgamma: byDerivative,
  polygamma: byDerivative,
  atan2: byDerivative,
  mod: byDerivative,
  logaddexp: byDerivative,
};

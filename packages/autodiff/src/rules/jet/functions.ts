import { add, exp, mul, neg, primitives as p, reciprocal, rsqrt, square, sub } from "@cotangent/core-tensor";
import { byDerivative, constant, quadrature } from "./families.js";

/** Inverse trigonometric, hyperbolic, error and gamma functions. */
export const functionJet = {
  round: constant(p.round),
  asin: quadrature(p.asin, (x) => rsqrt(sub(1, square(x)))),
  acos: quadrature(p.acos, (x) => neg(rsqrt(sub(1, square(x))))),
  atan: quadrature(p.atan, (x) => reciprocal(add(1, square(x)))),
  sinh: quadrature(p.sinh, (x) => mul(0.5, add(exp(x), exp(neg(x))))),
  cosh: quadrature(p.cosh, (x) => mul(0.5, sub(exp(x), exp(neg(x))))),
  erf: quadrature(p.erf, (x) => mul(2 / Math.sqrt(Math.PI), exp(neg(square(x))))),
  erfc: quadrature(p.erfc, (x) => mul(-2 / Math.sqrt(Math.PI), exp(neg(square(x))))),
  erfinv: byDerivative(p.erfinv),
  // Each derivative is the next polygamma function, to a lower order.
  lgamma: byDerivative(p.lgamma),
  polygamma: byDerivative(p.polygamma),
  atan2: byDerivative(p.atan2),
  mod: byDerivative(p.mod),
  logaddexp: byDerivative(p.logaddexp),
};

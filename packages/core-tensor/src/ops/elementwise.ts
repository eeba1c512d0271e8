import { bindOne } from "../dispatch/index.js";
import { checkDType, type DType } from "../dtype/index.js";
import * as p from "../primitives/index.js";
import type { Like } from "../tensor/like.js";
import { asTensor } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { astype as convert, promoteAll, promoteFloats, promoteNumbers } from "./promote.js";

const none: p.NoParams = {};

/** -x */
export function neg(x: Like): Tensor {
  return bindOne(p.neg, promoteNumbers([x]), none);
}

/** |x|; the derivative at 0 is 0 */
export function abs(x: Like): Tensor {
  return bindOne(p.abs, promoteNumbers([x]), none);
}

/** -1, 0 or 1; the derivative is 0 */
export function sign(x: Like): Tensor {
  return bindOne(p.sign, promoteNumbers([x]), none);
}

/** The largest whole number <= x; the derivative is 0 */
export function floor(x: Like): Tensor {
  return bindOne(p.floor, promoteNumbers([x]), none);
}

/** The smallest whole number >= x; the derivative is 0 */
export function ceil(x: Like): Tensor {
  return bindOne(p.ceil, promoteNumbers([x]), none);
}

/** e^x */
export function exp(x: Like): Tensor {
  return bindOne(p.exp, promoteFloats([x]), none);
}

/** e^x - 1, exact for small x */
export function expm1(x: Like): Tensor {
  return bindOne(p.expm1, promoteFloats([x]), none);
}

/** The natural logarithm */
export function log(x: Like): Tensor {
  return bindOne(p.log, promoteFloats([x]), none);
}

/** log(1 + x), exact for small x */
export function log1p(x: Like): Tensor {
  return bindOne(p.log1p, promoteFloats([x]), none);
}

/** The square root; the derivative at 0 is +inf */
export function sqrt(x: Like): Tensor {
  return bindOne(p.sqrt, promoteFloats([x]), none);
}

/** x^2 */
export function square(x: Like): Tensor {
  return bindOne(p.square, promoteNumbers([x]), none);
}

/** 1 / x */
export function reciprocal(x: Like): Tensor {
  return bindOne(p.reciprocal, promoteFloats([x]), none);
}

/** 1 / sqrt(x) */
export function rsqrt(x: Like): Tensor {
  return reciprocal(sqrt(x));
}

/** The sine of x radians */
export function sin(x: Like): Tensor {
  return bindOne(p.sin, promoteFloats([x]), none);
}

/** The cosine of x radians */
export function cos(x: Like): Tensor {
  return bindOne(p.cos, promoteFloats([x]), none);
}

/** The tangent of x radians */
export function tan(x: Like): Tensor {
  return bindOne(p.tan, promoteFloats([x]), none);
}

/** The hyperbolic tangent */
export function tanh(x: Like): Tensor {
  return bindOne(p.tanh, promoteFloats([x]), none);
}

/** The logistic function 1 / (1 + e^-x) */
export function sigmoid(x: Like): Tensor {
  return bindOne(p.sigmoid, promoteFloats([x]), none);
}

/** log(1 + e^x), without overflow */
export function softplus(x: Like): Tensor {
  return bindOne(p.softplus, promoteFloats([x]), none);
}

/** max(x, 0); the derivative at 0 is 0 */
export function relu(x: Like): Tensor {
  return bindOne(p.relu, promoteNumbers([x]), none);
}

/** a + b */
export function add(a: Like, b: Like): Tensor {
  return bindOne(p.add, promoteNumbers([a, b]), none);
}

/** a - b */
export function sub(a: Like, b: Like): Tensor {
  return bindOne(p.sub, promoteNumbers([a, b]), none);
}

/** a b, element by element */
export function mul(a: Like, b: Like): Tensor {
  return bindOne(p.mul, promoteNumbers([a, b]), none);
}

/** a / b; integers divide to float64 */
export function div(a: Like, b: Like): Tensor {
  return bindOne(p.div, promoteFloats([a, b]), none);
}

/** a^b; a negative base with a fractional exponent gives NaN */
export function pow(a: Like, b: Like): Tensor {
  return bindOne(p.pow, promoteNumbers([a, b]), none);
}

/** The larger of a and b; NaN wins; at a tie each gets half of the derivative */
export function maximum(a: Like, b: Like): Tensor {
  return bindOne(p.maximum, promoteNumbers([a, b]), none);
}

/** The smaller of a and b; NaN wins; at a tie each gets half of the derivative */
export function minimum(a: Like, b: Like): Tensor {
  return bindOne(p.minimum, promoteNumbers([a, b]), none);
}

/** x limited to [lo, hi] */
export function clip(x: Like, lo: Like, hi: Like): Tensor {
  return minimum(maximum(x, lo), hi);
}

/** a where the condition holds, b elsewhere */
export function where(condition: Like, a: Like, b: Like): Tensor {
  const [x, y] = promoteAll([a, b]) as [Tensor, Tensor];
  return bindOne(p.where, [convert(asTensor(condition), "bool"), x, y], none);
}

/** x with another dtype; the derivative passes between float types */
export function astype(x: Like, dtype: DType): Tensor {
  checkDType(dtype, "astype");
  return convert(asTensor(x), dtype);
}

import { bindOne } from "../dispatch/index.js";
import { checkDType, type DType } from "../dtype/index.js";
import * as p from "../primitives/index.js";
import type { Like } from "../tensor/like.js";
import { asTensor } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { astype as convert, promoteAll, promoteFloats, promoteNumbers } from "./promote.js";

const none: p.NoParams = {};

/**
 * -x
 *
 * @example
 * ```ts
 * neg([1, -2]); // => [-1, 2]
 * ```
 */
export function neg(x: Like): Tensor {
  return bindOne(p.neg, promoteNumbers([x]), none);
}

/**
 * |x|; the derivative at 0 is 0
 *
 * @example
 * ```ts
 * abs([1, -2]); // => [1, 2]
 * grad((x: Tensor) => x.abs())(0); // => 0
 * ```
 */
export function abs(x: Like): Tensor {
  return bindOne(p.abs, promoteNumbers([x]), none);
}

/**
 * -1, 0 or 1; the derivative is 0
 *
 * @example
 * ```ts
 * sign([-3, 0, 2]); // => [-1, 0, 1]
 * ```
 */
export function sign(x: Like): Tensor {
  return bindOne(p.sign, promoteNumbers([x]), none);
}

/**
 * e^x
 *
 * @example
 * ```ts
 * exp([0, 1]); // => [1, 2.7182818]
 * ```
 */
export function exp(x: Like): Tensor {
  return bindOne(p.exp, promoteFloats([x]), none);
}

/**
 * e^x - 1, exact for small x
 *
 * @example
 * ```ts
 * expm1(1e-12); // => 1e-12
 * ```
 */
export function expm1(x: Like): Tensor {
  return bindOne(p.expm1, promoteFloats([x]), none);
}

/**
 * The natural logarithm
 *
 * @example
 * ```ts
 * log([1, Math.E, 0]); // => [0, 1, -inf]
 * ```
 */
export function log(x: Like): Tensor {
  return bindOne(p.log, promoteFloats([x]), none);
}

/**
 * log(1 + x), exact for small x
 *
 * @example
 * ```ts
 * log1p(1e-12); // => 1e-12
 * ```
 */
export function log1p(x: Like): Tensor {
  return bindOne(p.log1p, promoteFloats([x]), none);
}

/**
 * The square root; the derivative at 0 is +inf
 *
 * @example
 * ```ts
 * sqrt([4, 2]); // => [2, 1.4142136]
 * ```
 */
export function sqrt(x: Like): Tensor {
  return bindOne(p.sqrt, promoteFloats([x]), none);
}

/**
 * x^2
 *
 * @example
 * ```ts
 * square([3, -2]); // => [9, 4]
 * ```
 */
export function square(x: Like): Tensor {
  return bindOne(p.square, promoteNumbers([x]), none);
}

/**
 * 1 / x
 *
 * @example
 * ```ts
 * reciprocal([2, 4]); // => [0.5, 0.25]
 * ```
 */
export function reciprocal(x: Like): Tensor {
  return bindOne(p.reciprocal, promoteFloats([x]), none);
}

/**
 * 1 / sqrt(x)
 *
 * @example
 * ```ts
 * rsqrt(4); // => 0.5
 * ```
 */
export function rsqrt(x: Like): Tensor {
  return reciprocal(sqrt(x));
}

/**
 * a + b
 *
 * @example
 * ```ts
 * add([1, 2], 10); // => [11, 12]
 * add([[1], [2]], [10, 20]); // => [[11, 21],\n [12, 22]]
 * ```
 */
export function add(a: Like, b: Like): Tensor {
  return bindOne(p.add, promoteNumbers([a, b]), none);
}

/**
 * a - b
 *
 * @example
 * ```ts
 * sub(1, [0.25, 0.5]); // => [0.75, 0.5]
 * ```
 */
export function sub(a: Like, b: Like): Tensor {
  return bindOne(p.sub, promoteNumbers([a, b]), none);
}

/**
 * a b, element by element
 *
 * @example
 * ```ts
 * mul([1, 2], [3, 4]); // => [3, 8]
 * ```
 */
export function mul(a: Like, b: Like): Tensor {
  return bindOne(p.mul, promoteNumbers([a, b]), none);
}

/**
 * a / b; integers divide to float64
 *
 * @example
 * ```ts
 * div([1, -1, 0], [4, 0, 0]); // => [0.25, -inf, nan]
 * ```
 */
export function div(a: Like, b: Like): Tensor {
  return bindOne(p.div, promoteFloats([a, b]), none);
}

/**
 * a^b; a negative base with a fractional exponent gives NaN
 *
 * @example
 * ```ts
 * pow([2, 9], [3, 0.5]); // => [8, 3]
 * ```
 */
export function pow(a: Like, b: Like): Tensor {
  return bindOne(p.pow, promoteNumbers([a, b]), none);
}

/**
 * The larger of a and b; NaN wins; at a tie each gets half of the derivative
 *
 * @example
 * ```ts
 * maximum([1, 5], 3); // => [3, 5]
 * grad((x: Tensor) => x.maximum(3))(3); // => 0.5
 * ```
 */
export function maximum(a: Like, b: Like): Tensor {
  return bindOne(p.maximum, promoteNumbers([a, b]), none);
}

/**
 * The smaller of a and b; NaN wins; at a tie each gets half of the derivative
 *
 * @example
 * ```ts
 * minimum([1, 5], 3); // => [1, 3]
 * ```
 */
export function minimum(a: Like, b: Like): Tensor {
  return bindOne(p.minimum, promoteNumbers([a, b]), none);
}

/**
 * x limited to [lo, hi]
 *
 * @example
 * ```ts
 * clip([-1, 0.5, 2], 0, 1); // => [0, 0.5, 1]
 * ```
 */
export function clip(x: Like, lo: Like, hi: Like): Tensor {
  return minimum(maximum(x, lo), hi);
}

/**
 * a where the condition holds, b elsewhere
 *
 * @example
 * ```ts
 * where([true, false], [1, 2], 0); // => [1, 0]
 * ```
 */
export function where(condition: Like, a: Like, b: Like): Tensor {
  const [x, y] = promoteAll([a, b]) as [Tensor, Tensor];
  return bindOne(p.where, [convert(asTensor(condition), "bool"), x, y], none);
}

/**
 * x with another dtype; the derivative passes between float types
 *
 * @example
 * ```ts
 * astype([1.7, -1.7], "int32"); // => [1, -1]
 * ```
 */
export function astype(x: Like, dtype: DType): Tensor {
  checkDType(dtype, "astype");
  return convert(asTensor(x), dtype);
}

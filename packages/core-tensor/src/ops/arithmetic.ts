import { bindOne } from "../dispatch/index.js";
import { isFloat } from "../dtype/index.js";
import * as p from "../primitives/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { promoteFloats, promoteNumbers } from "./promote.js";

const none: p.NoParams = {};

/**
 * The largest whole number <= x; the derivative is 0
 *
 * @example
 * ```ts
 * floor([1.5, -1.5]); // => [1, -2]
 * ```
 */
export function floor(x: Like): Tensor {
  return bindOne(p.floor, promoteNumbers([x]), none);
}

/**
 * The smallest whole number >= x; the derivative is 0
 *
 * @example
 * ```ts
 * ceil([1.5, -1.5]); // => [2, -1]
 * ```
 */
export function ceil(x: Like): Tensor {
  return bindOne(p.ceil, promoteNumbers([x]), none);
}

/**
 * The nearest whole number, halves to the even one; integers stay as they are. The derivative is 0.
 *
 * @example
 * ```ts
 * round([0.5, 1.5, -0.7]); // => [0, 2, -1]
 * ```
 */
export function round(x: Like): Tensor {
  const [number] = promoteNumbers([x]) as [Tensor];
  return isFloat(number.dtype) ? bindOne(p.round, [number], none) : number;
}

/**
 * a - b floor(a / b), exactly: the remainder with the sign of b. NaN for b = 0 (0 for integers). The derivative, also where a
 * is a multiple of b, is 1 along a and -floor(a / b) along b.
 *
 * @example
 * ```ts
 * mod([5, -5, 5, -5], [3, 3, -3, -3]); // => [2, 1, -1, -2]
 * ```
 */
export function mod(a: Like, b: Like): Tensor {
  return bindOne(p.mod, promoteNumbers([a, b]), none);
}

/**
 * log(e^a + e^b), without overflow. Within 2 ulp of the larger of |a|, |b| and the result.
 *
 * @example
 * ```ts
 * logaddexp(1000, 1000).item(); // => 1000.6931
 * ```
 */
export function logaddexp(a: Like, b: Like): Tensor {
  return bindOne(p.logaddexp, promoteFloats([a, b]), none);
}

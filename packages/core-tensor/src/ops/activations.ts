import { bindOne } from "../dispatch/index.js";
import * as p from "../primitives/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { promoteFloats, promoteNumbers } from "./promote.js";

const none: p.NoParams = {};

/**
 * The logistic function 1 / (1 + e^-x)
 *
 * @example
 * ```ts
 * sigmoid([0, 2]); // => [0.5, 0.88079708]
 * ```
 */
export function sigmoid(x: Like): Tensor {
  return bindOne(p.sigmoid, promoteFloats([x]), none);
}

/**
 * log(1 + e^x), without overflow
 *
 * @example
 * ```ts
 * softplus(0); // => 0.69314718
 * softplus(1000); // => 1000
 * ```
 */
export function softplus(x: Like): Tensor {
  return bindOne(p.softplus, promoteFloats([x]), none);
}

/**
 * max(x, 0); the derivative at 0 is 0
 *
 * @example
 * ```ts
 * relu([-1, 2]); // => [0, 2]
 * grad((x: Tensor) => x.relu())(0); // => 0
 * ```
 */
export function relu(x: Like): Tensor {
  return bindOne(p.relu, promoteNumbers([x]), none);
}

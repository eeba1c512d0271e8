import { bindOne } from "../dispatch/index.js";
import * as p from "../primitives/index.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";

/**
 * The identity, but a constant for every derivative.
 *
 * @example
 * ```ts
 * grad((x: Tensor) => x.mul(stopGradient(x)))(3); // => 3
 * ```
 */
export function stopGradient(x: Like): Tensor {
  return bindOne(p.stopGradient, [asTensor(x)], {});
}

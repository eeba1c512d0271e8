import { bindOne } from "../dispatch/index.js";
import * as p from "../primitives/index.js";
import type { Like } from "../tensor/like.js";
import { provide } from "../tensor/methods/provided.js";
import type { Tensor } from "../tensor/tensor.js";
import { promoteFloats } from "./promote.js";

/**
 * log |Gamma(x)|, infinite at 0, -1, -2, ...; within 4 ulp, near its zeros too. Its derivative is digamma. Integers become float64.
 *
 * @example
 * ```ts
 * lgamma([1, 0.5, 5]); // => [0, 0.57236494, 3.1780538]
 * ```
 */
export function lgamma(x: Like): Tensor {
  return bindOne(p.lgamma, promoteFloats([x]), {});
}

/**
 * The derivative of log Gamma(x); NaN at -1, -2, ..., -inf at 0. Within 4 ulp, near its zeros too. Integers become float64.
 *
 * @example
 * ```ts
 * digamma(1).item(); // => -0.57721566
 * ```
 */
export function digamma(x: Like): Tensor {
  return bindOne(p.polygamma, promoteFloats([x]), { order: 0 });
}

provide({ lgamma, digamma });

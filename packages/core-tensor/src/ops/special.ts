import { bindOne } from "../dispatch/index.js";
import * as p from "../primitives/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { promoteFloats } from "./promote.js";

const none: p.NoParams = {};

/**
 * The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x; within 2 ulp. Integers become float64.
 *
 * @example
 * ```ts
 * erf([0, 1, Infinity]); // => [0, 0.84270079, 1]
 * ```
 */
export function erf(x: Like): Tensor {
  return bindOne(p.erf, promoteFloats([x]), none);
}

/**
 * 1 - erf(x), to full relative accuracy in the tail (4 ulp). Integers become float64.
 *
 * @example
 * ```ts
 * erfc([0, 5]); // => [1.0000000e+00, 1.5374598e-12]
 * ```
 */
export function erfc(x: Like): Tensor {
  return bindOne(p.erfc, promoteFloats([x]), none);
}

/**
 * The y with erf(y) = x; infinite at -1 and 1, NaN beyond. Within 4 ulp. Integers become float64.
 *
 * @example
 * ```ts
 * erfinv([0, 0.5, 1]); // => [0, 0.47693628, inf]
 * ```
 */
export function erfinv(x: Like): Tensor {
  return bindOne(p.erfinv, promoteFloats([x]), none);
}

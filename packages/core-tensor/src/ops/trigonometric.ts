import { bindOne } from "../dispatch/index.js";
import * as p from "../primitives/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { promoteFloats } from "./promote.js";

const none: p.NoParams = {};

/**
 * The sine of x radians
 *
 * @example
 * ```ts
 * sin([0, Math.PI / 2]); // => [0, 1]
 * ```
 */
export function sin(x: Like): Tensor {
  return bindOne(p.sin, promoteFloats([x]), none);
}

/**
 * The cosine of x radians
 *
 * @example
 * ```ts
 * cos([0, Math.PI / 3]); // => [1, 0.5]
 * ```
 */
export function cos(x: Like): Tensor {
  return bindOne(p.cos, promoteFloats([x]), none);
}

/**
 * The tangent of x radians
 *
 * @example
 * ```ts
 * tan(Math.PI / 4); // => 1
 * ```
 */
export function tan(x: Like): Tensor {
  return bindOne(p.tan, promoteFloats([x]), none);
}

/**
 * The angle in [-pi/2, pi/2] whose sine is x: NaN outside [-1, 1]; the derivative at -1 and 1 is +inf. Integers become float64.
 *
 * @example
 * ```ts
 * asin(1).item(); // => 1.5707963
 * ```
 */
export function asin(x: Like): Tensor {
  return bindOne(p.asin, promoteFloats([x]), none);
}

/**
 * The angle in [0, pi] whose cosine is x: NaN outside [-1, 1]; the derivative at -1 and 1 is -inf. Integers become float64.
 *
 * @example
 * ```ts
 * acos(-1).item(); // => 3.1415927
 * ```
 */
export function acos(x: Like): Tensor {
  return bindOne(p.acos, promoteFloats([x]), none);
}

/**
 * The angle in [-pi/2, pi/2] whose tangent is x. Integers become float64.
 *
 * @example
 * ```ts
 * atan(Infinity).item(); // => 1.5707963
 * ```
 */
export function atan(x: Like): Tensor {
  return bindOne(p.atan, promoteFloats([x]), none);
}

/**
 * The hyperbolic sine (e^x - e^-x) / 2. Integers become float64.
 *
 * @example
 * ```ts
 * sinh([0, 1]); // => [0, 1.1752012]
 * ```
 */
export function sinh(x: Like): Tensor {
  return bindOne(p.sinh, promoteFloats([x]), none);
}

/**
 * The hyperbolic cosine (e^x + e^-x) / 2. Integers become float64.
 *
 * @example
 * ```ts
 * cosh([0, 1]); // => [1, 1.5430806]
 * ```
 */
export function cosh(x: Like): Tensor {
  return bindOne(p.cosh, promoteFloats([x]), none);
}

/**
 * The angle of the point (x, y), in [-pi, pi]: the argument of x + i y. Shapes broadcast. The derivative at the origin, where
 * there is none, is 0.
 *
 * @example
 * ```ts
 * atan2([1, 0], [0, -1]); // => [1.5707963, 3.1415927]
 * ```
 */
export function atan2(y: Like, x: Like): Tensor {
  return bindOne(p.atan2, promoteFloats([y, x]), none);
}

/**
 * The hyperbolic tangent
 *
 * @example
 * ```ts
 * tanh([0, 1]); // => [0, 0.76159416]
 * ```
 */
export function tanh(x: Like): Tensor {
  return bindOne(p.tanh, promoteFloats([x]), none);
}

import { bindOne } from "../dispatch/index.js";
import { randomSample } from "../primitives/random.js";
import type { Shape } from "../shape/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { locationScale, type LocationScaleOptions } from "./location-scale.js";

/**
 * Normal samples loc + scale z. Differentiable in loc and scale.
 *
 * z is the quantile of a uniform number (Wichura, AS 241), the same numbers as `jax.random.normal`, which uses erfinv, up
 * to rounding.
 *
 * @throws ShapeError when loc and scale do not broadcast to the shape
 * @throws DTypeError for a dtype that is not float64 or float32
 * @example
 * ```ts
 * random.normal(random.key(0), [2, 3]).shape; // => [2, 3]
 * random.normal(random.key(0), { loc: [10, 20], scale: 0 }); // => [10, 20]
 * ```
 */
export function normal(key: Tensor, options: Shape | LocationScaleOptions = {}): Tensor {
  return locationScale(key, options, "normal", (shape, dtype) =>
    bindOne(randomSample, [key], { sampler: "normal", shape, dtype }),
  );
}

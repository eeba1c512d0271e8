import { log, neg } from "../ops/elementwise.js";
import type { Shape } from "../shape/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { locationScale, type LocationScaleOptions } from "./location-scale.js";
import { uniform } from "./uniform.js";

/** The smallest normal number: log of it is finite. */
const tiny = { float64: 2 ** -1022, float32: 2 ** -126 };

/**
 * Gumbel samples loc - scale log(-log u). Differentiable in loc and scale; the numbers of `jax.random.gumbel` up to
 * rounding. argmax of logits + Gumbel samples is a sample of the categorical distribution.
 *
 * @throws ShapeError when loc and scale do not broadcast to the shape
 * @throws DTypeError for a dtype that is not float64 or float32
 * @example
 * ```ts
 * random.gumbel(random.key(0), [4]).shape; // => [4]
 * ```
 */
export function gumbel(key: Tensor, options: Shape | LocationScaleOptions = {}): Tensor {
  return locationScale(key, options, "gumbel", (shape, dtype) =>
    neg(log(neg(log(uniform(key, { shape, dtype, minval: tiny[dtype], maxval: 1 }))))),
  );
}

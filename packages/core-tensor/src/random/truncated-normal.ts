import { bindOne } from "../dispatch/index.js";
import { truncatedNormalQuantile } from "../primitives/random.js";
import type { Shape } from "../shape/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkKey } from "./key.js";
import { fitParameters, floatOf, optionsOf, type SampleOptions } from "./options.js";
import { uniform } from "./uniform.js";

/**
 * Samples of the standard normal distribution between lower and upper, which may be infinite: the point x with
 * Phi(x) = Phi(lower) + u (Phi(upper) - Phi(lower)), worked out in the smaller tail, so that far ends lose no digits.
 * Differentiable in lower and upper. The numbers of `jax.random.truncated_normal` up to rounding.
 *
 * @throws ValueError when not lower < upper, or when the interval has probability 0 in float64 (beyond about 38)
 * @throws ShapeError when the ends do not broadcast to the shape
 * @throws DTypeError for a dtype that is not float64 or float32
 * @example
 * ```ts
 * random.truncatedNormal(random.key(0), 9, Infinity, [100]).min().item() >= 9; // => true
 * ```
 */
export function truncatedNormal(
  key: Tensor,
  lower: Like,
  upper: Like,
  options: Shape | SampleOptions = {},
): Tensor {
  checkKey(key, "truncatedNormal");
  const given = optionsOf<SampleOptions>(options);
  const dtype = floatOf(given.dtype, "random.truncatedNormal");
  const { shape, fitted } = fitParameters([lower, upper], given.shape, dtype, "random.truncatedNormal");
  return bindOne(truncatedNormalQuantile, [uniform(key, { shape, dtype }), ...fitted], {});
}

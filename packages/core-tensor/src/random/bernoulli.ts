import { less } from "../ops/compare.js";
import type { Shape } from "../shape/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkKey } from "./key.js";
import { fitParameters, optionsOf, type ShapeOptions } from "./options.js";
import { uniform } from "./uniform.js";

/**
 * True with probability p: u < p. bool; the values of `jax.random.bernoulli` (mode "low") with a float64 p. There is no
 * derivative in p.
 *
 * @throws ShapeError when p does not broadcast to the shape
 * @example
 * ```ts
 * random.bernoulli(random.key(0), [0, 0.5, 1]).shape; // => [3]
 * ```
 */
export function bernoulli(key: Tensor, p: Like = 0.5, options: Shape | ShapeOptions = {}): Tensor {
  checkKey(key, "bernoulli");
  const given = optionsOf<ShapeOptions>(options);
  const { shape, fitted } = fitParameters([p], given.shape, "float64", "random.bernoulli");
  return less(uniform(key, { shape }), fitted[0]!);
}

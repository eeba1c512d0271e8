import { less } from "../ops/compare.js";
import { ValueError } from "../errors/index.js";
import type { Shape } from "../shape/index.js";
import { checkNumbers } from "../tensor/host-array.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkKey } from "./key.js";
import { fitParameters, optionsOf, type ShapeOptions } from "./options.js";
import { uniform } from "./uniform.js";

/**
 * True with probability p: u < p. bool; the values of `jax.random.bernoulli` (mode "low") with a float64 p. There is no
 * derivative in p.
 *
 * @throws ValueError when a p is not between 0 and 1
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
  checkNumbers(fitted[0]!, "random.bernoulli", (probabilities) => {
    const wrong = probabilities.find((probability) => !(probability >= 0 && probability <= 1));
    if (wrong === undefined) return;
    throw new ValueError(`random.bernoulli: a probability lies between 0 and 1, got ${String(wrong)}`);
  });
  return less(uniform(key, { shape }), fitted[0]!);
}

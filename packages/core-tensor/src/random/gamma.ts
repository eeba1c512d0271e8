import { bindOne } from "../dispatch/index.js";
import { ValueError } from "../errors/index.js";
import { randomGamma } from "../primitives/random.js";
import type { Shape } from "../shape/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkKey } from "./key.js";
import { fitParameters, floatOf, optionsOf, type SampleOptions } from "./options.js";

/**
 * Gamma(a, 1) samples, density x^(a-1) e^-x / Gamma(a); multiply by a scale for others. NaN where a is not positive.
 *
 * Marsaglia and Tsang's rejection with the keys of `jax.random.gamma`: its numbers up to rounding. Differentiable in a,
 * once, by implicit reparameterisation: dx/da = -(dF/da) / (dF/dx) for the distribution function F(a, x).
 *
 * @throws ShapeError when a does not broadcast to the shape
 * @throws DTypeError for a dtype that is not float64 or float32
 * @example
 * ```ts
 * random.gamma(random.key(0), [0.5, 2, 30]).shape; // => [3]
 * ```
 */
export function gamma(key: Tensor, a: Like, options: Shape | SampleOptions = {}): Tensor {
  checkKey(key, "gamma");
  const given = optionsOf<SampleOptions>(options);
  const dtype = floatOf(given.dtype, "random.gamma");
  if (typeof a === "number" && !(a > 0 && a < Infinity)) {
    throw new ValueError(`random.gamma: needs a positive, finite shape parameter, got ${String(a)}`);
  }
  const { fitted } = fitParameters([a], given.shape, dtype, "random.gamma");
  return bindOne(randomGamma, [key, fitted[0]!], {});
}

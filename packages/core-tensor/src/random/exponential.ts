import { log1p, mul, neg } from "../ops/elementwise.js";
import type { Shape } from "../shape/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkKey } from "./key.js";
import { fitParameters, floatOf, optionsOf, type SampleOptions } from "./options.js";
import { uniform } from "./uniform.js";

/** Options of `exponential`. */
export interface ExponentialOptions extends SampleOptions {
  /** The mean. @defaultValue 1 */
  readonly scale?: Like;
}

/**
 * Exponential samples -scale log(1 - u). Differentiable in scale; the numbers of `jax.random.exponential` up to rounding.
 *
 * @throws ShapeError when the scale does not broadcast to the shape
 * @throws DTypeError for a dtype that is not float64 or float32
 * @example
 * ```ts
 * random.exponential(random.key(1), [1000]).min().item() >= 0; // => true
 * ```
 */
export function exponential(key: Tensor, options: Shape | ExponentialOptions = {}): Tensor {
  const { scale = 1, ...rest } = optionsOf<ExponentialOptions>(options);
  checkKey(key, "exponential");
  const dtype = floatOf(rest.dtype, "random.exponential");
  const { shape, fitted } = fitParameters([scale], rest.shape, dtype, "random.exponential");
  const standard = neg(log1p(neg(uniform(key, { shape, dtype }))));
  return scale === 1 ? standard : mul(fitted[0]!, standard);
}

import { bindOne } from "../dispatch/index.js";
import { lerp, randomSample } from "../primitives/random.js";
import type { Shape } from "../shape/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkKey } from "./key.js";
import { fitParameters, floatOf, optionsOf, type SampleOptions } from "./options.js";

/** Options of `uniform`. */
export interface UniformOptions extends SampleOptions {
  /** The lower end, which can occur. @defaultValue 0 */
  readonly minval?: Like;
  /** The upper end. @defaultValue 1 */
  readonly maxval?: Like;
}

/**
 * Uniform samples minval + u (maxval - minval), u on the multiples of 2^-52 in [0, 1) (2^-23 for float32).
 * Differentiable in minval and maxval. The bits are those of `jax.random.uniform` with 64-bit types, the one rounding of
 * its multiply-add included.
 *
 * @throws ShapeError when the ends do not broadcast to the shape
 * @throws DTypeError for a dtype that is not float64 or float32
 * @example
 * ```ts
 * random.uniform(random.key(0), { shape: [2], minval: -1 }); // => [-0.16308578, -0.56740909]
 * ```
 */
export function uniform(key: Tensor, options: Shape | UniformOptions = {}): Tensor {
  const { minval = 0, maxval = 1, ...rest } = optionsOf<UniformOptions>(options);
  checkKey(key, "uniform");
  const dtype = floatOf(rest.dtype, "random.uniform");
  if (minval === 0 && maxval === 1) {
    const { shape } = fitParameters([], rest.shape, dtype, "random.uniform");
    return bindOne(randomSample, [key], { sampler: "uniform", shape, dtype });
  }
  const { shape, fitted } = fitParameters([minval, maxval], rest.shape, dtype, "random.uniform");
  const unit = bindOne(randomSample, [key], { sampler: "uniform", shape, dtype });
  return bindOne(lerp, [unit, ...fitted], {});
}

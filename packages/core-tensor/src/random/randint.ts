import { bindOne } from "../dispatch/index.js";
import { ValueError } from "../errors/index.js";
import { randomSample } from "../primitives/random.js";
import { checkShape, type Shape } from "../shape/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkKey } from "./key.js";
import { optionsOf, type ShapeOptions } from "./options.js";

/**
 * Whole numbers in [minval, maxval), int32: the values of `jax.random.randint` with dtype int32 (64 random bits modulo
 * the span; a value's probability is off by at most span 2^-32, relatively).
 *
 * @param minval - the smallest value, from -2^31
 * @param maxval - one more than the largest value, up to 2^31
 * @throws ValueError for ends that are not whole, out of range, or not minval < maxval
 * @example
 * ```ts
 * random.randint(random.key(0), 0, 10, [5]).shape; // => [5]
 * ```
 */
export function randint(
  key: Tensor,
  minval: number,
  maxval: number,
  options: Shape | ShapeOptions = {},
): Tensor {
  checkKey(key, "randint");
  const { shape = [] } = optionsOf<ShapeOptions>(options);
  checkShape(shape, "random.randint");
  const whole = Number.isInteger(minval) && Number.isInteger(maxval);
  if (!whole || minval < -(2 ** 31) || maxval > 2 ** 31 || minval >= maxval) {
    throw new ValueError(
      "random.randint: needs whole numbers minval < maxval that fit int32, " +
        `got ${String(minval)} and ${String(maxval)}`,
    );
  }
  return bindOne(randomSample, [key], { sampler: "integer", shape, dtype: "int32", minval, maxval });
}

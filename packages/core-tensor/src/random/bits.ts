import { bindOne } from "../dispatch/index.js";
import { ValueError } from "../errors/index.js";
import { randomSample } from "../primitives/random.js";
import { checkShape, type Shape } from "../shape/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkKey } from "./key.js";
import { optionsOf, type ShapeOptions } from "./options.js";

/** Options of `bits`. */
export interface BitsOptions extends ShapeOptions {
  /** Bits of a sample. @defaultValue 32 */
  readonly width?: 32 | 64;
}

/**
 * Uniform random bits as int32: the bits of `jax.random.bits` for uint32, or for uint64 with `width: 64`, where a last
 * axis of length 2 holds the upper and the lower word.
 *
 * @example
 * ```ts
 * random.bits(random.key(0), { shape: [3], width: 64 }).shape; // => [3, 2]
 * ```
 */
export function bits(key: Tensor, options: Shape | BitsOptions = {}): Tensor {
  const { shape = [], width = 32 } = optionsOf<BitsOptions>(options);
  checkKey(key, "bits");
  checkShape(shape, "random.bits");
  if (![32, 64].includes(width)) throw new ValueError(`random.bits: width is 32 or 64, got ${String(width)}`);
  return bindOne(randomSample, [key], { sampler: width === 64 ? "words" : "bits", shape, dtype: "int32" });
}

import { bindOne } from "../dispatch/index.js";
import { randomSample } from "../primitives/random.js";
import { checkShape } from "../shape/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkKey } from "./key.js";

/**
 * n new keys, rows of an [n, 2] tensor, whose streams are independent of each other; do not use `key` any more. Key i does
 * not depend on n. The bits are those of `jax.random.split`.
 *
 * @example
 * ```ts
 * const [weights, noise] = random.split(random.key(0));
 * random.normal(weights!, [2]).shape; // => [2]
 * random.split(noise!, 5).shape; // => [5, 2]
 * ```
 */
export function split(key: Tensor, n = 2): Tensor {
  checkKey(key, "split");
  checkShape([n], "random.split");
  return bindOne(randomSample, [key], { sampler: "words", shape: [n], dtype: "int32" });
}

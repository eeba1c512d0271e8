import { bindOne } from "../dispatch/index.js";
import { DTypeError, ShapeError, ValueError } from "../errors/index.js";
import { randomFold } from "../primitives/random.js";
import { formatShape } from "../shape/index.js";
import { Tensor } from "../tensor/tensor.js";
import { checkKey } from "./key.js";

/**
 * A new key from a key and a whole number, such as the number of a step or of a layer: one key then serves a loop. The
 * bits are those of `jax.random.fold_in`.
 *
 * @param data - a whole number from -2^31 to 2^32 - 1, of which 32 bits count, or an int32 scalar
 * @example
 * ```ts
 * const key = random.key(0);
 * [0, 1].map((step) => random.bernoulli(random.fold(key, step)).shape); // => [[], []]
 * ```
 */
export function fold(key: Tensor, data: number | Tensor): Tensor {
  checkKey(key, "fold");
  return bindOne(randomFold, [key, dataOf(data)], {});
}

function dataOf(data: number | Tensor): Tensor {
  if (data instanceof Tensor) {
    if (data.dtype !== "int32") throw new DTypeError(`random.fold: needs int32 data, got ${data.dtype}`);
    if (data.ndim > 0) throw new ShapeError(`random.fold: needs a scalar, got ${formatShape(data.shape)}`);
    return data;
  }
  if (!Number.isInteger(data) || data < -(2 ** 31) || data >= 2 ** 32) {
    throw new ValueError(`random.fold: needs a whole number of 32 bits, got ${String(data)}`);
  }
  return new Tensor([], "int32", Int32Array.of(data | 0));
}

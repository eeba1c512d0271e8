import { isTypedArray } from "../dtype/index.js";
import { changes } from "../simd/index.js";
import { Tensor } from "../tensor/tensor.js";

/** A tensor that does not change: a copy, where the numbers lie in memory that a plan uses again. */
export function settled(x: Tensor): Tensor {
  const { content, shape, dtype } = x;
  return isTypedArray(content) && changes(content.buffer) ? new Tensor(shape, dtype, content.slice()) : x;
}

import { normalizeAxes } from "../shape/index.js";
import type { Like } from "../tensor/like.js";
import { asTensor } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { equal, logicalNot, notEqual } from "./compare.js";
import { checkOptions } from "./options.js";
import { astype } from "./promote.js";
import { sum, type ReduceOptions } from "./reduce.js";

/**
 * Is any element over the axes not zero? NaN is not zero; of no elements: false. bool.
 *
 * @example
 * ```ts
 * any([[0, 1], [0, 0]], { axis: 1 }); // => [true, false]
 * ```
 */
export function any(x: Like, options: ReduceOptions = {}): Tensor {
  const input = astype(asTensor(x), "bool");
  return notEqual(sum(input, own(options, input, "any")), 0);
}

/**
 * Are all elements over the axes not zero? NaN is not zero; of no elements: true. bool.
 *
 * @example
 * ```ts
 * all([[1, 1], [1, 0]], { axis: 1 }); // => [true, false]
 * ```
 */
export function all(x: Like, options: ReduceOptions = {}): Tensor {
  const input = logicalNot(x);
  return equal(sum(input, own(options, input, "all")), 0);
}

/** Options checked under the name of the operation. */
function own(options: ReduceOptions, x: Tensor, where: string): ReduceOptions {
  checkOptions(options, where);
  return { ...options, axis: normalizeAxes(options.axis, x.ndim, where) };
}

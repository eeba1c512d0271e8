import { bindOne } from "../dispatch/index.js";
import { ShapeError } from "../errors/index.js";
import * as p from "../primitives/index.js";
import { normalizeAxis } from "../shape/index.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { takeAlongAxis } from "./take.js";

/**
 * The permutation that sorts along an axis (the last by default): ascending, stable, NaN last. int32.
 *
 * @example
 * ```ts
 * argsort([3, 1, 2]); // => [1, 2, 0]
 * ```
 */
export function argsort(x: Like, options: { readonly axis?: number } = {}): Tensor {
  const input = asTensor(x);
  if (input.ndim === 0) throw new ShapeError("argsort: a scalar has no axis to sort along");
  return bindOne(p.argsort, [input], { axis: normalizeAxis(options.axis ?? -1, input.ndim, "argsort") });
}

/**
 * Sorted along an axis (the last by default), ascending, NaN last; the derivative follows the permutation.
 *
 * @example
 * ```ts
 * sort([3, 1, 2]); // => [1, 2, 3]
 * ```
 */
export function sort(x: Like, options: { readonly axis?: number } = {}): Tensor {
  return takeAlongAxis(x, argsort(x, options), options.axis ?? -1);
}

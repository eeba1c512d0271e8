import { bindOne } from "../dispatch/index.js";
import { ShapeError } from "../errors/index.js";
import * as p from "../primitives/index.js";
import { normalizeAxis } from "../shape/index.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkOptions } from "./options.js";
import { permuted } from "./take.js";

/**
 * The permutation that sorts along an axis (the last by default): ascending, stable, NaN last. int32.
 *
 * @example
 * ```ts
 * argsort([3, 1, 2]); // => [1, 2, 0]
 * ```
 */
export function argsort(x: Like, options: { readonly axis?: number } = {}): Tensor {
  return order(asTensor(x), options, "argsort");
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
  const input = asTensor(x);
  const permutation = order(input, options, "sort");
  return permuted(input, permutation, normalizeAxis(options.axis ?? -1, input.ndim, "sort"));
}

function order(x: Tensor, options: { readonly axis?: number }, where: string): Tensor {
  checkOptions(options, where);
  if (x.ndim === 0) throw new ShapeError(`${where}: a scalar has no axis to sort along`);
  return bindOne(p.argsort, [x], { axis: normalizeAxis(options.axis ?? -1, x.ndim, where) });
}

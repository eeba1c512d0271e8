import { ShapeError, ValueError } from "../errors/index.js";
import { normalizeAxis } from "../shape/index.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { sub } from "./elementwise.js";
import { flip, slice } from "./slice.js";
import { argsort } from "./sort.js";
import { stopGradient } from "./stop-gradient.js";
import { takeAlongAxis } from "./take.js";

/**
 * The k largest elements along an axis (the last by default), in descending order, and their indices (int32). At a tie the
 * lower index comes first; NaN counts as the largest, as `sort` places it. The derivative follows the indices.
 *
 * @throws ValueError unless k is a whole number from 0 to the length of the axis
 * @example
 * ```ts
 * const { values, indices } = topK([3, 1, 4, 1, 5], 2);
 * values; // => [5, 4]
 * indices; // => [4, 2]
 * ```
 */
export function topK(
  x: Like,
  k: number,
  options: { readonly axis?: number } = {},
): { readonly values: Tensor; readonly indices: Tensor } {
  const input = asTensor(x);
  if (input.ndim === 0) throw new ShapeError("topK: a scalar has no axis to choose along");
  const axis = normalizeAxis(options.axis ?? -1, input.ndim, "topK");
  const length = input.shape[axis]!;
  if (!Number.isInteger(k) || k < 0 || k > length) {
    throw new ValueError(
      `topK: k must be a whole number from 0 to ${String(length)}, the length of axis ${String(axis)}, got ${String(k)}`,
    );
  }
  // Stable and ascending, read backwards, is descending with ties backwards: so x is turned round first.
  const ascending = argsort(flip(stopGradient(input), { axis }), { axis });
  const before = new Array<null>(axis).fill(null);
  const indices = slice(sub(length - 1, flip(ascending, { axis })), ...before, [0, k]);
  return { values: takeAlongAxis(input, indices, axis), indices };
}

import { greaterEqual, lessEqual, where, type Tensor } from "@cotangent/core-tensor";
import { tree, type Tensors } from "@cotangent/autodiff";
import { checkBounds, pair, spread, type Hyper } from "../hyper/index.js";

/**
 * The projection onto a box, for hyper = [lower, upper]:
 *
 *     argmin_p ‖x - p‖²   over lower <= p <= upper,      p_i = min(max(x_i, lower_i), upper_i)
 *
 * Differentiable in x, lower and upper. An element on a bound counts as active: there p follows the bound (the lower
 * one where both are met), and the derivative in x is 0.
 *
 * @param x - a tree
 * @param hyper - [lower, upper], each a tensor for all leaves or a tree like x, broadcast to the leaves; an infinite
 *   bound is no bound
 * @throws ValueError where lower > upper (there is no such point), for a bound that is NaN, or without a pair
 * @throws ShapeError, TreeError when a bound does not fit x
 * @example
 * ```ts
 * projection.box(tensor([-2, 0.5, 3]), [0, tensor([1, 1, 2])]); // => [0, 0.5, 2]
 * ```
 */
export function box<T>(
  x: T,
  hyper: readonly [lower: Hyper<NoInfer<T>>, upper: Hyper<NoInfer<T>>],
): Tensors<T> {
  const flat = tree.flatten(x, "projection.box: x");
  const [low, high] = pair(hyper, "projection.box", "hyper = [lower, upper]");
  const lower = spread(flat, low, "projection.box");
  const upper = spread(flat, high, "projection.box");
  const out = flat.leaves.map((leaf, i) => clamp(leaf, lower[i]!, upper[i]!));
  return tree.unflatten(flat.structure, out) as Tensors<T>;
}

function clamp(x: Tensor, lower: Tensor, upper: Tensor): Tensor {
  checkBounds(lower, upper, "projection.box");
  return where(lessEqual(x, lower), lower, where(greaterEqual(x, upper), upper, x));
}

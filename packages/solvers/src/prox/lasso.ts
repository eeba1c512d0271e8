import { mul, type Like } from "@cotangent/core-tensor";
import { tree, type Tensors } from "@cotangent/autodiff";
import { checkScaling, checkWeights, spread, type Hyper } from "../hyper/index.js";
import { softThreshold } from "./soft-threshold.js";

/**
 * The proximal operator of the l1 norm, soft thresholding:
 *
 *     argmin_y 1/2 ‖y - x‖² + scaling · ‖hyper ∘ y‖₁ ,      y_i = sign(x_i) max(|x_i| - scaling · hyper_i, 0)
 *
 * Differentiable in x, hyper and scaling. At the kink |x_i| = scaling · hyper_i > 0 the derivative is zero.
 *
 * @param x - a tree
 * @param hyper - the weight: a tensor for all leaves, or a tree like x, broadcast to the leaves; default 1
 * @param scaling - the step of the method that calls the prox; default 1
 * @throws ValueError when a weight or the scaling is negative, infinite or NaN
 * @throws ShapeError, TreeError when the weight does not fit x
 * @example
 * ```ts
 * prox.lasso(tensor([3, -1, 0.5, -4]), 1); // => [2, 0, 0, -3]
 * ```
 * Source: Parikh and Boyd, Proximal Algorithms (2014), section 6.5.2.
 */
export function lasso<T>(x: T, hyper: Hyper<NoInfer<T>> = 1, scaling: Like = 1): Tensors<T> {
  const flat = tree.flatten(x, "prox.lasso: x");
  const weights = spread(flat, hyper, "prox.lasso");
  checkWeights(weights, "prox.lasso", "the weight");
  checkScaling(scaling, "prox.lasso");
  const out = flat.leaves.map((leaf, i) => softThreshold(leaf, mul(scaling, weights[i]!)));
  return tree.unflatten(flat.structure, out) as Tensors<T>;
}

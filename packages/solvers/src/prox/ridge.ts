import { add, div, mul, type Like } from "@cotangent/core-tensor";
import { tree, type Tensors } from "@cotangent/autodiff";
import { checkScaling, checkWeights, spread, type Hyper } from "../hyper/index.js";

/**
 * The proximal operator of half the squared 2-norm:
 *
 *     argmin_y 1/2 ‖y - x‖² + scaling · 1/2 Σ_i hyper_i y_i² ,      y_i = x_i / (1 + scaling · hyper_i)
 *
 * Differentiable in x, hyper and scaling, everywhere.
 *
 * @param x - a tree
 * @param hyper - the weight: a tensor for all leaves, or a tree like x, broadcast to the leaves; default 1
 * @param scaling - the step of the method that calls the prox; default 1
 * @throws ValueError when a weight or the scaling is negative, infinite or NaN
 * @throws ShapeError, TreeError when the weight does not fit x
 * @example
 * ```ts
 * prox.ridge(tensor([3, -6]), 2); // => [1, -2]
 * ```
 * Source: Parikh and Boyd, Proximal Algorithms (2014), section 6.1.1.
 */
export function ridge<T>(x: T, hyper: Hyper<NoInfer<T>> = 1, scaling: Like = 1): Tensors<T> {
  const flat = tree.flatten(x, "prox.ridge: x");
  const weights = spread(flat, hyper, "prox.ridge");
  checkWeights(weights, "prox.ridge", "the weight");
  checkScaling(scaling, "prox.ridge");
  const out = flat.leaves.map((leaf, i) => div(leaf, add(1, mul(scaling, weights[i]!))));
  return tree.unflatten(flat.structure, out) as Tensors<T>;
}

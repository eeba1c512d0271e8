import { add, div, mul, type Like } from "@cotangent/core-tensor";
import { tree, type Tensors } from "@cotangent/autodiff";
import { checkScaling, checkWeights, pair, spread, type Hyper } from "../hyper/index.js";
import { softThreshold } from "./soft-threshold.js";

/**
 * The proximal operator of the elastic net, for hyper = [λ, γ]:
 *
 *     argmin_y 1/2 ‖y - x‖² + scaling · λ (‖y‖₁ + γ/2 ‖y‖²) ,
 *     y_i = sign(x_i) max(|x_i| - scaling · λ_i, 0) / (1 + scaling · λ_i γ_i)
 *
 * Differentiable in x, λ, γ and scaling. At the kink |x_i| = scaling · λ_i > 0 the derivative is zero.
 *
 * @param x - a tree
 * @param hyper - [λ, γ], each a tensor for all leaves or a tree like x, broadcast to the leaves; default [1, 1]
 * @param scaling - the step of the method that calls the prox; default 1
 * @throws ValueError when λ, γ or the scaling is negative, infinite or NaN, or when hyper is not a pair
 * @throws ShapeError, TreeError when λ or γ does not fit x
 * @example
 * ```ts
 * prox.elasticNet(tensor([3, -1, -4]), [1, 0.5], 2); // => [0.5, 0, -1]
 * ```
 * Source: Zou and Hastie (2005); Parikh and Boyd, Proximal Algorithms (2014), section 6.5.3.
 */
export function elasticNet<T>(
  x: T,
  hyper: readonly [lambda: Hyper<NoInfer<T>>, gamma: Hyper<NoInfer<T>>] = [1, 1],
  scaling: Like = 1,
): Tensors<T> {
  const flat = tree.flatten(x, "prox.elasticNet: x");
  const [first, second] = pair(hyper, "prox.elasticNet", "hyper = [lambda, gamma]");
  const lambda = spread(flat, first, "prox.elasticNet");
  const gamma = spread(flat, second, "prox.elasticNet");
  checkWeights(lambda, "prox.elasticNet", "lambda");
  checkWeights(gamma, "prox.elasticNet", "gamma");
  checkScaling(scaling, "prox.elasticNet");
  const out = flat.leaves.map((leaf, i) => {
    const threshold = mul(scaling, lambda[i]!);
    return div(softThreshold(leaf, threshold), add(1, mul(threshold, gamma[i]!)));
  });
  return tree.unflatten(flat.structure, out) as Tensors<T>;
}

import {
  asTensor,
  div,
  equal,
  formatShape,
  greater,
  lessEqual,
  logicalAnd,
  mul,
  ShapeError,
  stopGradient,
  sub,
  where,
  type Like,
} from "@cotangent/core-tensor";
import { tree, type Tensors } from "@cotangent/autodiff";
import { checkScaling, checkWeights } from "../hyper/index.js";

/**
 * The proximal operator of the 2-norm of all of x, block soft thresholding:
 *
 *     argmin_y 1/2 ‖y - x‖² + scaling · hyper · ‖y‖₂ ,      y = max(1 - scaling · hyper / ‖x‖₂, 0) x
 *
 * All leaves of x together are one group: call it once for each of several. Differentiable in x, hyper and
 * scaling. At the kink ‖x‖ = scaling · hyper > 0 the derivative is zero; for weight 0 it is the identity everywhere.
 *
 * @param x - a tree
 * @param hyper - the weight, one number; default 1
 * @param scaling - the step of the method that calls the prox; default 1
 * @throws ValueError when the weight or the scaling is negative, infinite or NaN
 * @throws ShapeError when the weight is not one number
 * @example
 * ```ts
 * prox.groupLasso(tensor([3, 4]), 2.5); // => [1.5, 2]
 * ```
 * Source: Yuan and Lin (2006); Parikh and Boyd, Proximal Algorithms (2014), section 6.5.1.
 */
export function groupLasso<T>(x: T, hyper: Like = 1, scaling: Like = 1): Tensors<T> {
  const weight = asTensor(hyper, tree.leaves(x)[0]?.dtype);
  if (weight.ndim !== 0) {
    throw new ShapeError(
      `prox.groupLasso: the weight must be one number, got shape ${formatShape(weight.shape)}; ` +
        "x is one group: call groupLasso once for each of several groups, each with its weight",
    );
  }
  checkWeights([weight], "prox.groupLasso", "the weight");
  checkScaling(scaling, "prox.groupLasso");
  const threshold = mul(scaling, weight);
  const zero = logicalAnd(lessEqual(tree.norm(tree.map(stopGradient, x)), threshold), greater(threshold, 0));
  // Ones instead of x where the result is zero: no derivative of ‖x‖ near 0 can spoil the piece that is not taken.
  const safe = tree.map((leaf) => where(zero, 1, leaf), x);
  const length = tree.norm(safe);
  // ‖x‖ = 0 comes here only with threshold 0, where the map is the identity.
  const isZero = equal(length, 0);
  const factor = where(isZero, 1, div(sub(length, threshold), where(isZero, 1, length)));
  return tree.map((leaf) => where(zero, 0, mul(factor, leaf)), safe) as Tensors<T>;
}

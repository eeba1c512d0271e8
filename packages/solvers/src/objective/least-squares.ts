import { mean, type Like, type Tensor } from "@cotangent/core-tensor";
import { leastSquares as halfSquares } from "../loss/index.js";
import { checkTargets, predict, type Data } from "./data.js";

/**
 * Least squares: 1/2 mean((X w - y)²), over all elements of y.
 *
 * Differentiable in w, X and y.
 *
 * @param params - w [features], or W [features, outputs]
 * @param data - [X, y]: [samples, features], and [samples] or [samples, outputs]
 * @throws ShapeError when the shapes do not fit, or without samples
 * @example
 * ```ts
 * objective.leastSquares(tensor([1, 1]), [tensor([[1, 0], [0, 1]]), tensor([0, 3])]); // => 1.25
 * ```
 */
export function leastSquares(params: Like, data: Data): Tensor {
  const { prediction, y } = predict(params, data, "objective.leastSquares");
  checkTargets(prediction, y, "objective.leastSquares");
  return mean(halfSquares(y, prediction));
}

import { add, mean, type Like, type Tensor } from "@cotangent/core-tensor";
import { binaryLogistic } from "../loss/index.js";
import { checkTargets, predict, type Data } from "./data.js";
import { l2Penalty } from "./l2-penalty.js";

/**
 * Binary logistic regression: the mean over samples of loss.binaryLogistic(y_i, <w, x_i>).
 *
 * Differentiable in w, X and y.
 *
 * @param params - w [features]
 * @param data - [X, y]: [samples, features], and labels [samples], 0, 1 or between
 * @throws ShapeError when the shapes do not fit, or without samples
 * @throws ValueError for a label outside of [0, 1]
 * @example
 * ```ts
 * objective.binaryLogreg(tensor([0, 0]), [tensor([[1, 2], [3, 4]]), tensor([0, 1])]); // => 0.69314718
 * ```
 */
export function binaryLogreg(params: Like, data: Data): Tensor {
  const { prediction, y } = predict(params, data, "objective.binaryLogreg");
  checkTargets(prediction, y, "objective.binaryLogreg");
  return mean(binaryLogistic(y, prediction));
}

/**
 * Binary logistic regression with a penalty: objective.binaryLogreg(w, data) + 1/2 Σ l2reg ∘ w².
 *
 * Differentiable in w, l2reg, X and y.
 *
 * @param params - w [features]
 * @param l2reg - one number, or weights that broadcast to w
 * @param data - [X, y]: [samples, features], and labels [samples], 0, 1 or between
 * @throws ShapeError when the shapes do not fit, or without samples
 * @throws ValueError for a label outside of [0, 1]
 * @example
 * ```ts
 * objective.l2BinaryLogreg(tensor([2, 0]), 0.25, [tensor([[0, 1], [0, 2]]), tensor([0, 1])]); // => 1.1931472
 * ```
 */
export function l2BinaryLogreg(params: Like, l2reg: Like, data: Data): Tensor {
  return add(binaryLogreg(params, data), l2Penalty(params, l2reg, "objective.l2BinaryLogreg"));
}

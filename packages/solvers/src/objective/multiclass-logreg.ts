import { add, mean, type Like, type Tensor } from "@cotangent/core-tensor";
import { multiclassLogistic } from "../loss/index.js";
import { predict, type Data } from "./data.js";
import { l2Penalty } from "./l2-penalty.js";

/**
 * Multinomial logistic regression: the mean over samples of loss.multiclassLogistic(y_i, Wᵀ x_i).
 *
 * Differentiable in W and X; labels have no derivative.
 *
 * @param params - W [features, classes], two classes or more
 * @param data - [X, y]: [samples, features], and labels [samples], whole numbers 0 ... classes - 1
 * @throws ShapeError when the shapes do not fit, or without samples
 * @throws ValueError for a label that is not one of the classes
 * @example
 * ```ts
 * objective.multiclassLogreg(zeros([2, 3]), [tensor([[1, 2], [3, 4]]), tensor([2, 0])]); // => 1.0986123
 * ```
 */
export function multiclassLogreg(params: Like, data: Data): Tensor {
  const { prediction, y } = predict(params, data, "objective.multiclassLogreg");
  return mean(multiclassLogistic(y, prediction));
}

/**
 * Multinomial logistic regression with a penalty: objective.multiclassLogreg(W, data) + 1/2 Σ l2reg ∘ W².
 *
 * Differentiable in W, l2reg and X; labels have no derivative.
 *
 * @param params - W [features, classes], two classes or more
 * @param l2reg - one number, or weights that broadcast to W
 * @param data - [X, y]: [samples, features], and labels [samples], whole numbers 0 ... classes - 1
 * @throws ShapeError when the shapes do not fit, or without samples
 * @throws ValueError for a label that is not one of the classes
 * @example
 * ```ts
 * objective.l2MulticlassLogreg(ones([2, 3]), 0.5, [tensor([[1, 2], [3, 4]]), tensor([2, 0])]); // => 2.5986123
 * ```
 */
export function l2MulticlassLogreg(params: Like, l2reg: Like, data: Data): Tensor {
  return add(multiclassLogreg(params, data), l2Penalty(params, l2reg, "objective.l2MulticlassLogreg"));
}

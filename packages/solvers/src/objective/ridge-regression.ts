import { add, type Like, type Tensor } from "@cotangent/core-tensor";
import type { Data } from "./data.js";
import { l2Penalty } from "./l2-penalty.js";
import { leastSquares } from "./least-squares.js";

/**
 * Ridge regression: 1/2 mean((X w - y)²) + 1/2 Σ l2reg ∘ w².
 *
 * Differentiable in w, l2reg, X and y.
 *
 * @param params - w [features], or W [features, outputs]
 * @param l2reg - one number, or weights that broadcast to the parameters
 * @param data - [X, y]: [samples, features], and [samples] or [samples, outputs]
 * @throws ShapeError when the shapes do not fit, or without samples
 * @example
 * ```ts
 * objective.ridgeRegression(tensor([1, 1]), 0.5, [tensor([[1, 0], [0, 1]]), tensor([0, 3])]); // => 1.75
 * ```
 */
export function ridgeRegression(params: Like, l2reg: Like, data: Data): Tensor {
  return add(leastSquares(params, data), l2Penalty(params, l2reg, "objective.ridgeRegression"));
}

import { matmul, mean, mul, softplus, square, sub, tensor, type Tensor } from "@cotangent/core-tensor";
import type { Task } from "../data/dataset.js";
import type { Part } from "../data/standardise.js";
import { designMatrix } from "./design.js";

/** The weights of the features, then the intercept -> a number. */
export type Loss = (x: Tensor) => Tensor;

/**
 * The mean loss of a linear model with predictions z = A x over some rows:
 *
 *     classification   mean of log(1 + exp(-s z)), s = +1 for class 1 and -1 for class 0
 *     regression       mean of (z - y)^2 / 2
 */
export function lossOn(part: Part, task: Task): Loss {
  const design = designMatrix(part);
  if (task === "regression") {
    const y = tensor(part.y);
    return (x) => mean(square(sub(matmul(design, x), y))).div(2);
  }
  // The signs go into the matrix once instead of into every product.
  const signs = tensor(part.y.map((label) => 1 - 2 * label)).reshape([part.rows, 1]);
  const signed = mul(signs, design);
  return (x) => mean(softplus(matmul(signed, x)));
}

import { exp, slice, sum, type Tensor } from "@cotangent/core-tensor";
import type { Loss } from "./loss.js";

/** f(x, theta): what the inner problem minimises in x. */
export type Objective = (x: Tensor, theta: Tensor) => Tensor;

/**
 * A loss with one ridge penalty per feature, given by its logarithm; the last entry of x, the intercept, is free:
 *
 *     f(x, theta) = L(x) + 1/2 sum_j exp(theta_j) x_j^2
 */
export function penalised(loss: Loss): Objective {
  return (x, theta) => {
    const weights = slice(x, [0, theta.size]);
    return loss(x).add(sum(exp(theta).mul(weights.square())).div(2));
  };
}

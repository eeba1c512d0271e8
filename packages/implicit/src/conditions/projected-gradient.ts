import type { Tree } from "@cotangent/autodiff";
import type { Conditions, Objective } from "./conditions.js";
import { proximalGradient } from "./proximal-gradient.js";
import type { StepOption } from "./step-size.js";

/**
 * x minimises f(x, theta) over a set given by its Euclidean projection: the fixed point of
 *
 *     T(x, theta) = projection(x - step grad_x f(x, theta), theta).
 *
 * Source: Blondel et al. (2022), eq. 9.
 */
export function projectedGradient<X extends Tree, Theta>(
  f: Objective<X, Theta>,
  projection: (x: X, theta: Theta) => X,
  options: StepOption = {},
): Conditions<X, Theta> {
  return { ...proximalGradient(f, projection, options), name: "projectedGradient" };
}

import { grad, tree, type Tree } from "@cotangent/autodiff";
import type { Conditions, Objective } from "./conditions.js";
import { fixedPoint } from "./fixed-point.js";
import { checkStep, type StepOption } from "./step-size.js";

/** argmin over z of (1/2)‖z - x‖^2 + step g(z, theta) */
export type Prox<X, Theta> = (x: X, theta: Theta, step: number) => X;

/**
 * x minimises f(x, theta) + g(x, theta), g given by its proximal operator: the fixed point of
 *
 *     T(x, theta) = prox(x - step grad_x f(x, theta), theta, step).
 *
 * Any positive step has the same fixed points and gives the same derivative; one near 1/L, L the Lipschitz constant
 * of the gradient, makes the linear system well conditioned.
 *
 * Source: Blondel et al. (2022), eq. 11.
 */
export function proximalGradient<X extends Tree, Theta>(
  f: Objective<X, Theta>,
  prox: Prox<X, Theta>,
  { stepSize = 1 }: StepOption = {},
): Conditions<X, Theta> {
  checkStep(stepSize, "proximalGradient");
  const gradient = grad(f) as unknown as (x: X, theta: Theta) => X;
  return fixedPoint<X, Theta>(
    (x, theta) => prox(tree.sub(x, tree.scale(stepSize, gradient(x, theta))) as X, theta, stepSize),
    "proximalGradient",
  );
}

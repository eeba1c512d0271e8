import { grad, tree, type Tree } from "@cotangent/autodiff";
import type { Conditions, Objective } from "./conditions.js";
import { fixedPoint } from "./fixed-point.js";
import { mirrorStep, type GeometryLike } from "./geometry.js";
import { checkStep, type StepOption } from "./step-size.js";

/**
 * x minimises f(x, theta) over a set, in a Bregman geometry: the fixed point of
 *
 *     T(x, theta) = projection(mirrorMap(x) - step grad_x f(x, theta), theta).
 *
 * Source: Blondel et al. (2022), eq. 13.
 */
export function mirrorDescent<X extends Tree, Theta>(
  f: Objective<X, Theta>,
  geometry: GeometryLike<X, Theta>,
  { stepSize = 1 }: StepOption = {},
): Conditions<X, Theta> {
  checkStep(stepSize, "mirrorDescent");
  const gradient = grad(f) as unknown as (x: X, theta: Theta) => X;
  const step = mirrorStep(geometry);
  return fixedPoint<X, Theta>(
    (x, theta) => step(x, tree.scale(stepSize, gradient(x, theta)) as X, theta),
    "mirrorDescent",
  );
}

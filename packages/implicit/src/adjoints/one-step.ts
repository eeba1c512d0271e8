import { AdjointError } from "../errors/errors.js";
import type { ConditionsAdjoint } from "./adjoint.js";

/**
 * The derivative of the last step of a fixed-point iteration: dx = dT/dtheta dtheta, as if dT/dx were zero. No linear
 * system; the error is of the order of the contraction rate of T.
 *
 * Source: Bolte, Pauwels, Vaiter, "One-step differentiation of iterative algorithms" (2023).
 */
export function oneStep(): ConditionsAdjoint {
  return {
    name: "oneStep",
    differentiates: "conditions",
    check: (conditions) => {
      if (!conditions.isFixedPoint) {
        throw new AdjointError(
          `oneStep: needs conditions of the form x = T(x, theta), but got ${conditions.name}. ` +
            "Use fixedPoint(T), proximalGradient or projectedGradient with the solver's step",
        );
      }
    },
    prepare: () => ({ tangent: (rhs) => rhs, estimate: (rhs) => rhs }),
  };
}

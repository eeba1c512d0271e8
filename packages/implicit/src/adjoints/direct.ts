import type { ConditionsAdjoint } from "./adjoint.js";
import { solving, type AdjointSolveOptions } from "./auto.js";

/** The exact derivative, by forming dF/dx and factoring it: one factorisation serves all directions, both modes. */
export function direct(options: AdjointSolveOptions = {}): ConditionsAdjoint {
  return {
    name: "direct",
    differentiates: "conditions",
    prepare: (system) => solving(system, { method: "lu", ...options }),
  };
}

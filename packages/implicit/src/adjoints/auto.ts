import { linearSolver, type LinearSolveOptions } from "@cotangent/linsolve";
import type { AdjointSolver, AdjointSystem, ConditionsAdjoint } from "./adjoint.js";

/** What a linear-solving adjoint hands to the linear solver. */
export type AdjointSolveOptions = Omit<LinearSolveOptions, "onFailure" | "onReport" | "x0">;

/**
 * The exact derivative, by the linear solver that suits the system: a dense factorisation up to a few hundred unknowns,
 * else an iterative method chosen by the probed structure. The report says which and why.
 */
export function auto(options: AdjointSolveOptions = {}): ConditionsAdjoint {
  return {
    name: "auto",
    differentiates: "conditions",
    prepare: (system) => solving(system, options),
  };
}

/** Solves the linear system of the derivative; what is prepared for it serves all directions and the estimate. */
export function solving(
  { operator, onReport, onEstimate }: AdjointSystem,
  options: AdjointSolveOptions,
): AdjointSolver {
  const solver = linearSolver(operator(), { ...options, onFailure: "return", onReport });
  const rough = { tolerance: { relative: 1e-2 }, onReport: onEstimate };
  return {
    tangent: (rhs) => solver.solve(rhs),
    estimate: (rhs) => solver.solve(rhs, rough),
  };
}

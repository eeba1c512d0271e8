import { linearSolve, type LinearSolveOptions } from "@cotangent/linsolve";
import type { Adjoint } from "./adjoint.js";

/** What a linear-solving adjoint hands to `linearSolve`. */
export type AdjointSolveOptions = Omit<LinearSolveOptions, "onFailure" | "onReport" | "x0">;

/**
 * The exact derivative, by the linear solver that suits the system: a dense factorisation up to a few hundred unknowns,
 * else an iterative method chosen by the probed structure. The report says which and why.
 */
export function auto(options: AdjointSolveOptions = {}): Adjoint {
  return solving("auto", { method: "auto", ...options });
}

/** An adjoint that solves the linear system of the derivative. */
export function solving(name: string, options: AdjointSolveOptions): Adjoint {
  return {
    name,
    usesOperator: true,
    tangent: ({ operator, rhs, onReport }) =>
      linearSolve(operator, rhs, { ...options, onFailure: "return", onReport }),
  };
}

import { hessian } from "@cotangent/autodiff";
import type { Tensor } from "@cotangent/core-tensor";
import type { Adjoint } from "@cotangent/implicit";
import { gradientDescent } from "@cotangent/solvers";
import type { Bilevel } from "./bilevel.js";
import { coldStart } from "./inner-solver.js";

export interface LooseSolverOptions {
  readonly tolerance: number;
  readonly stepSize: number;
  readonly adjoint: Adjoint;
}

/** Unrolling keeps every iteration in memory, a few numbers per row each: at most about half a gigabyte. */
const mostIterations = (rows: number): number => Math.max(100, Math.min(4000, Math.floor(2e7 / rows)));

/**
 * Accelerated gradient descent with a constant step. Newton's method would jump from no digits to all of them; this
 * solver comes closer step by step, so that its tolerance matters.
 */
export function looseSolver(
  { objective, trainingRows }: Bilevel,
  { tolerance, stepSize, adjoint }: LooseSolverOptions,
) {
  return gradientDescent({
    fun: objective,
    stepSize,
    acceleration: true,
    tolerance,
    maxIterations: mostIterations(trainingRows),
    adjoint,
    // A loose solution is not to be refused: its looseness is what is measured.
    certify: false,
    onFailure: "return",
  });
}

/**
 * A step that never overshoots: one over a bound on the curvature. Both losses curve most at x = 0 (the logistic loss:
 * s'' <= s''(0) = 1/4), and the Frobenius norm of the Hessian bounds its largest eigenvalue.
 */
export function safeStep(problem: Bilevel, theta: Tensor): number {
  const curvature = hessian((x: Tensor) => problem.objective(x, theta))(coldStart(problem));
  return 1 / curvature.norm().item();
}

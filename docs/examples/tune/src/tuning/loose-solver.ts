import { hessian } from "@cotangent/autodiff";
import type { Tensor } from "@cotangent/core-tensor";
import { direct, type Adjoint } from "@cotangent/implicit";
import { gradientDescent } from "@cotangent/solvers";
import type { Bilevel } from "./bilevel.js";
import { coldStart } from "./inner-solver.js";

export interface LooseSolverOptions {
  readonly tolerance: number;
  readonly stepSize: number;
  readonly adjoint?: Adjoint;
}

/** The most iterations; unrolling keeps all of them in memory. */
export const mostIterations = 4000;

/**
 * Accelerated gradient descent with a constant step. Newton's method would jump from no digits to all of them; this
 * solver comes closer step by step, so that its tolerance matters.
 */
export function looseSolver(
  { objective }: Bilevel,
  { tolerance, stepSize, adjoint = direct() }: LooseSolverOptions,
) {
  return gradientDescent({
    fun: objective,
    stepSize,
    acceleration: true,
    tolerance,
    maxIterations: mostIterations,
    adjoint,
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

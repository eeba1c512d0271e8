import { valueAndGrad } from "@cotangent/autodiff";
import type { Tensor } from "@cotangent/core-tensor";
import { direct, oneStep, unroll, type Adjoint } from "@cotangent/implicit";
import type { Bilevel } from "./bilevel.js";
import { relativeDistance } from "./distance.js";
import { hypergradient } from "./hypergradient.js";
import { coldStart } from "./inner-solver.js";
import { looseSolver, safeStep } from "./loose-solver.js";
import type { DerivativeErrorPoint, DerivativeErrorResult } from "./result.js";

export interface DerivativeErrorOptions {
  /** The inner tolerances are 1e-1, 1e-2, ..., and as many as this. */
  readonly tightest: number;
  readonly onPoint: (done: number) => void;
}

/**
 * The error of the hypergradient when the inner problem is solved to a tolerance only, for three ways to differentiate
 * the inexact solution:
 *
 *     direct()    the exact derivative of the equation grad_x f = 0, taken there
 *     unroll()    the derivative of the iterations
 *     oneStep()   the derivative of one more step x - s grad_x f(x, theta), in theta alone
 *
 * The reference is implicit differentiation at a solution by Newton's method, to rounding error.
 */
export function derivativeError(
  problem: Bilevel,
  theta: Tensor,
  { tightest, onPoint }: DerivativeErrorOptions,
): DerivativeErrorResult {
  const reference = hypergradient(problem, theta, coldStart(problem)).gradient.toTypedArray();
  const stepSize = safeStep(problem, theta);
  const points: DerivativeErrorPoint[] = [];
  for (let digits = 1; digits <= tightest; digits++) {
    const tolerance = Number(`1e-${digits}`);
    const solverBy = (adjoint: Adjoint) => looseSolver(problem, { stepSize, tolerance, adjoint });
    const errorBy = (adjoint: Adjoint): number =>
      relativeDistance(gradientBy(solverBy(adjoint), problem, theta), reference);

    const { status, iterations } = solverBy(direct()).run(coldStart(problem), theta);
    // A tolerance that is out of reach is not shown, nor are the tighter ones.
    if (status !== "converged") break;
    points.push({
      tolerance,
      iterations,
      implicit: errorBy(direct()),
      unrolled: errorBy(unroll()),
      oneStep: errorBy(oneStep()),
    });
    onPoint(digits / tightest);
  }
  return { points };
}

function gradientBy(
  solver: ReturnType<typeof looseSolver>,
  problem: Bilevel,
  theta: Tensor,
): ArrayLike<number> {
  const x0 = coldStart(problem);
  const [, gradient] = valueAndGrad((point: Tensor) => problem.validationLoss(solver.run(x0, point).x))(
    theta,
  );
  return gradient.toTypedArray();
}

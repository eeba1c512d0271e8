import { valueAndGrad } from "@cotangent/autodiff";
import type { Tensor } from "@cotangent/core-tensor";
import { direct, implicit, stationary, type ImplicitReport } from "@cotangent/implicit";
import type { Bilevel } from "./bilevel.js";
import { innerSolver } from "./inner-solver.js";

/** The validation loss at the solution of the inner problem, and its gradient in the log-penalties. */
export interface Hypergradient {
  readonly loss: number;
  readonly gradient: Tensor;
  /** The solution itself. */
  readonly x: Tensor;
  /** The residual of the inner problem and of the linear solves of the backward pass. */
  readonly report: ImplicitReport;
}

/**
 * The hypergradient by implicit differentiation. With F(x, theta) = grad_x f(x, theta) = 0 at the solution,
 *
 *     dL/dtheta = -(dF/dtheta)^T u,      (dF/dx)^T u = dL/dx.
 */
export function hypergradient(problem: Bilevel, theta: Tensor, x0: Tensor): Hypergradient {
  const solver = innerSolver(problem);
  let x = x0;
  const solution = implicit({
    name: "inner problem",
    solve: (point: Tensor) => (x = solver.run(x0, point).x),
    conditions: stationary(problem.objective),
    adjoint: direct(),
  });
  const [[loss, report], gradient] = valueAndGrad(
    (point: Tensor) => {
      const solved = solution.withReport(point);
      return [problem.validationLoss(solved.x), solved.report];
    },
    { hasAux: true },
  )(theta);
  return { loss: loss.item(), gradient, x, report };
}

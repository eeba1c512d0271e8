import { valueAndGrad } from "@cotangent/autodiff";
import type { Tensor } from "@cotangent/core-tensor";
import type { ImplicitReport } from "@cotangent/implicit";
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
  const [[loss, { x, report }], gradient] = valueAndGrad(
    (point: Tensor) => {
      const { x, report } = solver.run(x0, point);
      return [problem.validationLoss(x), { x, report }];
    },
    { hasAux: true },
  )(theta);
  return { loss: loss.item(), gradient, x, report };
}

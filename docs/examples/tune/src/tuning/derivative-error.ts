import { grad, valueAndGrad } from "@cotangent/autodiff";
import type { Tensor } from "@cotangent/core-tensor";
import { direct, fixedPoint, implicit, oneStep, stationary, unroll } from "@cotangent/implicit";
import type { Objective } from "../model/penalised.js";
import type { Bilevel } from "./bilevel.js";
import { relativeDistance } from "./distance.js";
import { hypergradient } from "./hypergradient.js";
import { coldStart } from "./inner-solver.js";
import { looseSolver, safeStep } from "./loose-solver.js";
import type { DerivativeErrorPoint, DerivativeErrorResult } from "./result.js";

/** 1e-1 to 1e-12 */
const tolerances = Array.from({ length: 12 }, (_, i) => 10 ** -(i + 1));

/**
 * The error of the hypergradient when the inner problem is solved to a tolerance only, for three ways to differentiate
 * the inexact solution:
 *
 *     implicit   the exact derivative of the equation grad_x f = 0, taken there
 *     unrolled   the derivative of the iterations
 *     one-step   the derivative of one more step x - s grad_x f(x, theta), in theta alone
 */
export function derivativeError(
  problem: Bilevel,
  theta: Tensor,
  onPoint: (done: number) => void,
): DerivativeErrorResult {
  const reference = hypergradient(problem, theta, coldStart(problem)).gradient.toTypedArray();
  const stepSize = safeStep(problem, theta);
  const points: DerivativeErrorPoint[] = [];
  for (const tolerance of tolerances) {
    const point = errorAt(problem, theta, { reference, stepSize, tolerance });
    if (point === undefined) break;
    points.push(point);
    onPoint(points.length / tolerances.length);
  }
  return { points };
}

interface Setting {
  readonly reference: ArrayLike<number>;
  readonly stepSize: number;
  readonly tolerance: number;
}

/** Undefined where the tolerance is out of reach. */
function errorAt(
  problem: Bilevel,
  theta: Tensor,
  { reference, stepSize, tolerance }: Setting,
): DerivativeErrorPoint | undefined {
  const x0 = coldStart(problem);
  const options = { stepSize, tolerance };
  const { x, status, iterations } = looseSolver(problem, options).run(x0, theta);
  if (status !== "converged") return undefined;

  const errorOf = (solution: (theta: Tensor) => Tensor): number => {
    const [, gradient] = valueAndGrad((point: Tensor) => problem.validationLoss(solution(point)))(theta);
    return relativeDistance(gradient.toTypedArray(), reference);
  };
  // Both take the solution as it is; a loose one must not be refused, since looseness is what is measured.
  const given = { solve: (_: Tensor) => x, certify: false } as const;
  const step = gradientStep(problem.objective, stepSize);
  return {
    tolerance,
    iterations,
    implicit: errorOf(implicit({ ...given, conditions: stationary(problem.objective), adjoint: direct() })),
    oneStep: errorOf(implicit({ ...given, conditions: fixedPoint(step), adjoint: oneStep() })),
    unrolled: errorOf((point) => looseSolver(problem, { ...options, adjoint: unroll() }).run(x0, point).x),
  };
}

/** T(x, theta) = x - s grad_x f(x, theta), whose fixed points are the solutions. */
function gradientStep(objective: Objective, stepSize: number): Objective {
  return (x, theta) => x.sub(grad(objective)(x, theta).mul(stepSize));
}

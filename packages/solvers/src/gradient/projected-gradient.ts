import type { Tree } from "@cotangent/autodiff";
import { projectedGradient as projectedConditions, type Objective } from "@cotangent/implicit";
import { createSolver, type Solver } from "../solver/create-solver.js";
import { checkFunction } from "../solver/inputs.js";
import type { IterativeSolver } from "../solver/iterative-solver.js";
import { stepSizeStrategy } from "../step-size/strategy.js";
import { ForwardBackward, forwardBackward, initialState, type GradientState } from "./forward-backward.js";
import type { GradientOptions } from "./options.js";
import { conditionsBy, proximalResidual } from "./step-residual.js";

/** Options of `projectedGradient`. */
export interface ProjectedGradientOptions<X extends Tree, Theta> extends GradientOptions<X> {
  /** f(x, theta), smooth in x. */
  readonly fun: Objective<X, Theta>;
  /** (x, theta) -> the nearest point of the set, in the Euclidean norm */
  readonly projection: (x: X, theta: Theta) => X;
}

/**
 * Minimises a smooth function over a convex set, given by its projection:
 *
 *     x⁺ = projection(y - step grad_x f(y, theta), theta),      y = x, or beyond it when accelerated.
 *
 * The error is the norm of the gradient mapping, ‖x⁺ - y‖ / step, and at least what rounding makes of that. x0 need not
 * lie in the set.
 *
 * Sources: Goldstein (1964); Beck & Teboulle (2009).
 *
 * @throws NotConvergedError from `run`, see `SolverOptions`
 * @throws NonScalarError when fun does not return one number
 * @throws TreeError when projection does not return a tree like x
 * @example
 * ```ts
 * const solver = projectedGradient({
 *   fun: (x: Tensor, theta: Tensor) => x.sub(theta).square().sum(),
 *   projection: (x) => x.clip(0, 1),
 * });
 * solver.run(tensor([0, 0]), tensor([0.25, 3])).x; // => [0.25, 1]
 * ```
 */
export function projectedGradient<X extends Tree, Theta>(
  options: ProjectedGradientOptions<X, Theta>,
): Solver<X, Theta, GradientState<X>> {
  const { fun, projection, acceleration = true } = options;
  const name = "projectedGradient";
  checkFunction(fun, name, "fun");
  checkFunction(projection, name, "projection");
  const strategy = stepSizeStrategy(options.stepSize, name);
  const method = new ForwardBackward({
    name,
    fun,
    prox: projection,
    strategy,
    acceleration,
    jit: options.jit,
  });
  const conditions = projectedConditions(fun, projection);
  const residual = proximalResidual(method.evaluator, method.stepper);
  const solver: IterativeSolver<X, Theta, GradientState<X>> = {
    name,
    routines: method.routines,
    init: (x0) => initialState(x0, strategy.memory),
    update: (x, state, theta) => forwardBackward(method, x, state, theta),
    conditions,
    conditionsAt: ({ stepSize }) => conditionsBy(conditions, residual, stepSize),
  };
  return createSolver(solver, options);
}

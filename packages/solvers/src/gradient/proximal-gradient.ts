import type { Tree } from "@cotangent/autodiff";
import { proximalGradient as proximalConditions, type Objective, type Prox } from "@cotangent/implicit";
import { createSolver, type Solver } from "../solver/create-solver.js";
import { checkFunction } from "../solver/inputs.js";
import type { IterativeSolver } from "../solver/iterative-solver.js";
import { stepSizeStrategy } from "../step-size/strategy.js";
import { ForwardBackward, forwardBackward, initialState, type GradientState } from "./forward-backward.js";
import type { GradientOptions } from "./options.js";
import { conditionsBy, proximalResidual } from "./step-residual.js";

/** Options of `proximalGradient`. */
export interface ProximalGradientOptions<X extends Tree, Theta> extends GradientOptions<X> {
  /** f(x, theta), smooth in x. */
  readonly fun: Objective<X, Theta>;
  /** (x, theta, step) -> argmin over z of (1/2) ‖z - x‖^2 + step g(z, theta) */
  readonly prox: Prox<X, Theta>;
}

/**
 * Minimises f(x, theta) + g(x, theta) with f smooth and g simple, by the proximal operator of g:
 *
 *     x⁺ = prox(y - step grad_x f(y, theta), theta, step),      y = x, or beyond it when accelerated.
 *
 * The error is the norm of the gradient mapping, ‖x⁺ - y‖ / step, and at least what rounding makes of that.
 *
 * Sources: Beck & Teboulle (2009), FISTA; O'Donoghue & Candès (2015).
 *
 * @throws NotConvergedError from `run`, see `SolverOptions`
 * @throws NonScalarError when fun does not return one number
 * @throws TreeError when prox does not return a tree like x
 * @example
 * ```ts
 * const solver = proximalGradient({
 *   fun: (x: Tensor, theta: { y: Tensor; lam: Tensor }) => x.sub(theta.y).square().sum().div(2),
 *   prox: (x, theta, step) => x.sub(x.clip(theta.lam.mul(-step), theta.lam.mul(step))),
 * });
 * solver.run(tensor([0, 0]), { y: tensor([3, 0.5]), lam: 1 }).x; // => [2, 0]
 * ```
 */
export function proximalGradient<X extends Tree, Theta>(
  options: ProximalGradientOptions<X, Theta>,
): Solver<X, Theta, GradientState<X>> {
  const { fun, prox, acceleration = true } = options;
  const name = "proximalGradient";
  checkFunction(fun, name, "fun");
  checkFunction(prox, name, "prox");
  const strategy = stepSizeStrategy(options.stepSize, name);
  const method = new ForwardBackward({ name, fun, prox, strategy, acceleration, jit: options.jit });
  const conditions = proximalConditions(fun, prox);
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

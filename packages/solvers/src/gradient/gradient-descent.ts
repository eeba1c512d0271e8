import type { Tree } from "@cotangent/autodiff";
import { stationary, type Objective } from "@cotangent/implicit";
import { createSolver, type Solver } from "../solver/create-solver.js";
import { checkFunction } from "../solver/inputs.js";
import type { IterativeSolver } from "../solver/iterative-solver.js";
import { stepSizeStrategy } from "../step-size/strategy.js";
import { ForwardBackward, forwardBackward, initialState, type GradientState } from "./forward-backward.js";
import type { GradientOptions } from "./options.js";
import { conditionsBy, gradientResidual } from "./step-residual.js";

/** Options of `gradientDescent`. */
export interface GradientDescentOptions<X extends Tree, Theta> extends GradientOptions<X> {
  /** f(x, theta), smooth in x: the objective. */
  readonly fun: Objective<X, Theta>;
}

/**
 * Minimises a smooth function:
 *
 *     x⁺ = y - step grad_x f(y, theta),      y = x, or beyond it when accelerated.
 *
 * The error is ‖grad_x f(y, theta)‖. Converges for convex f when step <= 1/L, L the Lipschitz constant of the gradient.
 *
 * Sources: Nesterov (1983); Beck & Teboulle (2009); O'Donoghue & Candès (2015).
 *
 * @throws NotConvergedError from `run`, see `SolverOptions`
 * @throws NonScalarError when fun does not return one number
 * @example
 * ```ts
 * const solver = gradientDescent({ fun: (x: Tensor, theta: Tensor) => x.sub(theta).square().sum() });
 * const solution = solver.run(tensor([0, 0]), tensor([1, 2]));
 * solution.status; // => "converged"
 * solution.x; // => [1, 2]
 * grad((theta: Tensor) => solver.run(tensor([0, 0]), theta).x.square().sum())(tensor([1, 2])); // => [2, 4]
 * ```
 */
export function gradientDescent<X extends Tree, Theta>(
  options: GradientDescentOptions<X, Theta>,
): Solver<X, Theta, GradientState<X>> {
  const { fun, acceleration = true } = options;
  const name = "gradientDescent";
  checkFunction(fun, name, "fun");
  const strategy = stepSizeStrategy(options.stepSize, name);
  // A gradient is also what one step of x - grad f leaves of x, so oneStep applies.
  const method = new ForwardBackward({ name, fun, strategy, acceleration, jit: options.jit });
  const conditions = { ...stationary(fun), isFixedPoint: true };
  const residual = gradientResidual(method.evaluator);
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

import { tree, valueAndGrad, type Tree } from "@cotangent/autodiff";
import { stationary, type Objective } from "@cotangent/implicit";
import { hessian, linearSolve } from "@cotangent/linsolve";
import { Evaluator } from "../evaluation/evaluator.js";
import { createSolver, type Solver } from "../solver/create-solver.js";
import { checkFunction } from "../solver/inputs.js";
import type { IterativeSolver, SolverState, Update } from "../solver/iterative-solver.js";
import type { SolverOptions } from "../solver/options.js";
import { armijo } from "./armijo.js";

/** Options of `newton`. */
export interface NewtonOptions<X extends Tree, Theta> extends SolverOptions<X, SolverState> {
  /** f(x, theta), twice differentiable in x: the objective. */
  readonly fun: Objective<X, Theta>;
}

/**
 * Minimises a smooth function of a few hundred unknowns, in a few iterations:
 *
 *     x⁺ = x - t d,      d = (d2f/dx2)^-1 grad_x f,      t = 1, 1/2, 1/4, ...
 *
 * until f has decreased enough. Where the Hessian gives no direction of descent (it is singular or indefinite there),
 * d is the gradient. The error is ‖grad_x f(x, theta)‖; near the solution it is squared by every iteration.
 *
 * Source: Nocedal & Wright, "Numerical Optimization" (2006), alg. 3.2.
 *
 * @throws NotConvergedError from `run`, see `SolverOptions`
 * @example
 * ```ts
 * const solver = newton({ fun: (x: Tensor, theta: Tensor) => x.exp().sub(x.mul(theta)).sum() });
 * solver.run(tensor([0, 0]), tensor([1, 2])).x; // => [0, 0.69314718]
 * grad((theta: Tensor) => solver.run(tensor([0, 0]), theta).x.sum())(tensor([1, 2])); // => [1, 0.5]
 * ```
 */
export function newton<X extends Tree, Theta>(options: NewtonOptions<X, Theta>): Solver<X, Theta> {
  const { fun } = options;
  checkFunction(fun, "newton", "fun");
  const evaluator = new Evaluator(fun, "newton", options.jit);
  const solver: IterativeSolver<X, Theta, SolverState> = {
    name: "newton",
    routines: { fun: evaluator.routine },
    init: () => ({ iterations: 0, error: Infinity }),
    update: (x, state, theta) => newtonUpdate((at) => evaluator.fun(at, theta), x, state),
    conditions: stationary(fun),
    conditionsAt: () => stationary(evaluator.fun),
  };
  return createSolver(solver, options);
}

function newtonUpdate<X extends Tree>(
  f: (x: X) => ReturnType<Objective<X, unknown>>,
  x: X,
  state: SolverState,
): Update<X, SolverState> {
  const [value, gradient] = valueAndGrad(f as (x: unknown) => ReturnType<typeof f>)(x) as [
    ReturnType<typeof f>,
    X,
  ];
  const error = tree.norm(gradient).item();
  if (!Number.isFinite(value.item() + error)) return { x, state: { ...state, failure: "nonFinite" } };
  if (error === 0) return { x, state: { iterations: state.iterations + 1, error } };
  const direction = descentDirection(f, x, gradient);
  const line = { x, direction, value: value.item(), slope: tree.dot(gradient, direction).item() };
  const next = armijo(f, line);
  return next === undefined
    ? { x, state: { ...state, error, failure: "lineSearchFailed" } }
    : { x: next, state: { iterations: state.iterations + 1, error } };
}

/** d with H d = g, or g where that does not lead downhill: x - t d is lower for small t in both cases. */
function descentDirection<X extends Tree>(
  f: (x: X) => ReturnType<Objective<X, unknown>>,
  x: X,
  gradient: X,
): X {
  const operator = hessian(f as (x: unknown) => ReturnType<typeof f>, x);
  const direction = linearSolve(operator, gradient, { onFailure: "return" }) as X;
  return tree.dot(gradient, direction).item() > 0 ? direction : gradient;
}

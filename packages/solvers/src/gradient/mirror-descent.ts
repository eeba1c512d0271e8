import { Routine, tree, type Tree } from "@cotangent/autodiff";
import { mirrorDescent as mirrorConditions, type GeometryLike, type Objective } from "@cotangent/implicit";
import type { Evaluation } from "../evaluation/evaluation.js";
import { Evaluator } from "../evaluation/evaluator.js";
import { createSolver, type Solver } from "../solver/create-solver.js";
import { checkFunction } from "../solver/inputs.js";
import type { IterativeSolver, SolverState, Update } from "../solver/iterative-solver.js";
import { norm } from "../solver/measure.js";
import type { SolverOptions } from "../solver/options.js";
import type { StepMemory, StepSizeOption, StepSizeStrategy } from "../step-size/step-size.js";
import { stepSizeStrategy } from "../step-size/strategy.js";
import { Trial } from "../step-size/trial.js";
import { spaceOf, type Space } from "./mirror-space.js";

/** Options of `mirrorDescent`. */
export interface MirrorDescentOptions<X extends Tree, Theta> extends SolverOptions<X, MirrorState<X>> {
  /** f(x, theta), smooth in x. */
  readonly fun: Objective<X, Theta>;
  /**
   * "simplex": probability vectors along the last axis; "orthant": positive numbers, both in the geometry of the
   * entropy; or a mirror map with its Bregman projection.
   */
  readonly geometry: GeometryLike<X, Theta>;
  /** A constant, or a function of the iteration (counted from 0); found by backtracking when left out. */
  readonly stepSize?: StepSizeOption;
}

/** State of `mirrorDescent`. */
export interface MirrorState<X extends Tree> extends SolverState {
  /** The size of the last step; before the first one, the size to be tried. */
  readonly stepSize: number;
  /** @internal */
  readonly memory: StepMemory;
  /** @internal f at x, if it is known */
  readonly evaluation: Evaluation<X> | undefined;
}

/**
 * Minimises a smooth function over a set in the Bregman geometry of phi:
 *
 *     x⁺ = projection(grad phi(x) - step grad_x f(x, theta), theta),
 *
 * for the entropy and the simplex x⁺ = x e^(-step g) / sum(x e^(-step g)). The error is ‖x⁺ - x‖ / step; on the simplex
 * and the orthant, where steps are short near the boundary, it is at least ‖max(0, lambda - g)‖, with lambda = <x, g> on
 * the simplex and 0 on the orthant: the part of the optimality conditions that such steps do not show. There x0 must be
 * positive.
 *
 * Without a stepSize, steps are searched for that satisfy f(x⁺) <= f(x) + <g, d> + D / (2 step), with
 * D = <grad phi(x⁺) - grad phi(x), d>, d = x⁺ - x.
 *
 * Sources: Beck & Teboulle (2003); Bauschke, Bolte & Teboulle (2017) for the step.
 *
 * @throws NotConvergedError from `run`, see `SolverOptions`
 * @throws ValueError when x0 is not positive, for "simplex" and "orthant"
 * @throws ShapeError when x0 has no vectors along a last axis, for "simplex"
 * @example
 * ```ts
 * const solver = mirrorDescent({
 *   fun: (x: Tensor, theta: Tensor) => x.sub(theta).square().sum().div(2),
 *   geometry: "simplex",
 *   stepSize: 1,
 * });
 * solver.run(tensor([0.5, 0.5]), tensor([0.7, 0.5])).x; // => [0.6, 0.4]
 * ```
 */
export function mirrorDescent<X extends Tree, Theta>(
  options: MirrorDescentOptions<X, Theta>,
): Solver<X, Theta, MirrorState<X>> {
  const { fun, geometry } = options;
  const name = "mirrorDescent";
  checkFunction(fun, name, "fun");
  const strategy = stepSizeStrategy(options.stepSize, name);
  const space = spaceOf(geometry);
  const evaluator = new Evaluator(fun, name, options.jit);
  const step = new Routine(space.step, { jit: options.jit });
  const solver: IterativeSolver<X, Theta, MirrorState<X>> = {
    name,
    routines: { fun: evaluator.routine, step },
    init: (x0) => {
      space.check(x0);
      const { memory } = strategy;
      return { iterations: 0, error: Infinity, stepSize: memory.stepSize, memory, evaluation: undefined };
    },
    update: (x, state, theta) => {
      const evaluate = (at: X): Evaluation<X> => evaluator.at(at, theta, "later");
      return mirrorUpdate(
        { space: { ...space, step: step.call as typeof space.step }, strategy, evaluate },
        x,
        state,
        theta,
      );
    },
    conditions: mirrorConditions(fun, geometry),
    conditionsAt: ({ stepSize }) => mirrorConditions(evaluator.fun, geometry, { stepSize }),
  };
  return createSolver(solver, options);
}

interface Descent<X extends Tree, Theta> {
  readonly space: Space<X, Theta>;
  readonly strategy: StepSizeStrategy;
  readonly evaluate: (x: X) => Evaluation<X>;
}

function mirrorUpdate<X extends Tree, Theta>(
  { space, strategy, evaluate }: Descent<X, Theta>,
  x: X,
  state: MirrorState<X>,
  theta: Theta,
): Update<X, MirrorState<X>> {
  const start = state.evaluation?.isAt(x, theta) === true ? state.evaluation : evaluate(x);
  const { gradient } = start;
  if (!Number.isFinite(start.value + norm(gradient))) return { x, state: { ...state, failure: "nonFinite" } };
  const attempt = (stepSize: number): Trial<X> => {
    const next = space.step(x, tree.scale(stepSize, gradient) as X, theta);
    return new Trial(start, stepSize, next, evaluate, (trial) => space.squaredLength(x, trial));
  };
  const { iterations, memory } = state;
  const choice = strategy.choose<X>({ iteration: iterations, start, attempt, memory, isAccelerated: false });
  if ("failure" in choice) return { x, state: { ...state, failure: choice.failure } };
  const { trial } = choice;
  const error = Math.max(trial.length / trial.stepSize, space.missed(x, gradient));
  return {
    x: trial.x,
    state: {
      iterations: iterations + 1,
      error,
      stepSize: trial.stepSize,
      memory: choice.memory,
      evaluation: trial.known,
    },
  };
}

import { tree, type Tree } from "@cotangent/autodiff";
import type { Objective, Prox } from "@cotangent/implicit";
import { extrapolate } from "../acceleration/fista.js";
import { Evaluation, sameLeaves } from "../evaluation/evaluation.js";
import type { SolverState, Update } from "../solver/iterative-solver.js";
import { distance, dotDifference, epsilonOf, norm } from "../solver/measure.js";
import type { StepMemory, StepSizeStrategy, Trial } from "../step-size/step-size.js";

/** min over x of f(x, theta) + g(x, theta), g by its proximal operator; without one, g = 0. */
export interface Splitting<X extends Tree, Theta> {
  readonly name: string;
  readonly fun: Objective<X, Theta>;
  readonly prox?: Prox<X, Theta>;
  readonly strategy: StepSizeStrategy;
  readonly acceleration: boolean;
}

/** State of the methods that take steps x⁺ = prox(y - step grad f(y)). */
export interface GradientState<X> extends SolverState {
  /** The size of the last step; before the first one, the size to be tried. */
  readonly stepSize: number;
  /** The momentum t of FISTA; 1 without. */
  readonly momentum: number;
  /** Where the next step starts: x, or beyond it when accelerated. */
  readonly point: X;
  /** @internal the x that `point` belongs to */
  readonly anchor: X;
  /** @internal */
  readonly memory: StepMemory;
  /** @internal f where the next step starts, if it is known */
  readonly evaluation: Evaluation<X & Tree> | undefined;
}

/** The state before the first step. */
export function initialState<X extends Tree>(x0: X, memory: StepMemory): GradientState<X> {
  const { stepSize } = memory;
  const own = { point: x0, anchor: x0, momentum: 1, evaluation: undefined };
  return { iterations: 0, error: Infinity, stepSize, memory, ...own };
}

/**
 * One step of gradient descent (g = 0) or of its proximal or projected version, from the extrapolated point.
 *
 * Evaluates f and its gradient once where the step starts, unless the step before ended there and its search already
 * did, and once for each trial of a search.
 */
export function forwardBackward<X extends Tree, Theta>(
  problem: Splitting<X, Theta>,
  x: X,
  state: GradientState<X>,
  theta: Theta,
): Update<X, GradientState<X>> {
  const { fun, strategy, name } = problem;
  const evaluate = (at: X): Evaluation<X> => new Evaluation(fun as Objective<X, unknown>, at, theta, name);
  const { start, momentum } = startOf(x, state, theta, evaluate);
  const slopeSize = norm(start.gradient);
  if (!Number.isFinite(start.value + slopeSize)) return { x, state: { ...state, failure: "nonFinite" } };

  const choice = strategy.choose({
    iteration: state.iterations,
    start,
    attempt: (stepSize) => attemptStep(problem, start, stepSize, theta, evaluate),
    memory: state.memory,
    mayGrow: momentum === 1,
  });
  if ("failure" in choice) return { x, state: { ...state, failure: choice.failure } };
  const { trial, memory } = choice;
  const { stepSize, length } = trial;
  // (y - x⁺) / step is the gradient itself without a prox; with one, it cannot be less than the rounding of y.
  const rounding = (epsilonOf(x) / 2) * norm(start.x);
  const error = problem.prox === undefined ? slopeSize : Math.max(length, rounding) / stepSize;
  const { point, momentum: next } = problem.acceleration
    ? extrapolate({ x, y: start.x, next: trial.x }, momentum)
    : { point: trial.x, momentum: 1 };
  const iterations = state.iterations + 1;
  const evaluation = point === trial.x ? trial.known() : undefined;
  const own = { stepSize, momentum: next, point, anchor: trial.x, memory, evaluation };
  return { x: trial.x, state: { iterations, error, ...own } };
}

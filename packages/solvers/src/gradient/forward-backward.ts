import type { Tree } from "@cotangent/autodiff";
import type { Objective, Prox } from "@cotangent/implicit";
import { Extrapolator, type Extrapolation } from "../acceleration/fista.js";
import { sameLeaves, type Evaluation } from "../evaluation/evaluation.js";
import { Evaluator } from "../evaluation/evaluator.js";
import type { SolverState, Update } from "../solver/iterative-solver.js";
import { epsilonOf, norm } from "../solver/measure.js";
import type { Routines } from "../solver/routines.js";
import type { StepMemory, StepSizeStrategy } from "../step-size/step-size.js";
import { Trial } from "../step-size/trial.js";
import { Stepper } from "./stepper.js";
import { WholeSteps } from "./whole-steps.js";

/** min over x of f(x, theta) + g(x, theta), g by its proximal operator; without one, g = 0. */
export interface Splitting<X extends Tree, Theta> {
  readonly name: string;
  readonly fun: Objective<X, Theta>;
  readonly prox?: Prox<X, Theta>;
  readonly strategy: StepSizeStrategy;
  readonly acceleration: boolean;
  readonly jit: boolean | undefined;
}

/** The method for one problem: the functions that its steps call, compiled where that is possible. */
export class ForwardBackward<X extends Tree, Theta> {
  readonly evaluator: Evaluator<X, Theta>;
  readonly stepper: Stepper<X, Theta>;
  readonly extrapolator: Extrapolator<X>;
  readonly wholeSteps: WholeSteps<X, Theta>;
  readonly routines: Routines;

  constructor(readonly problem: Splitting<X, Theta>) {
    const { name, fun, prox, jit } = problem;
    this.evaluator = new Evaluator(fun, name, jit);
    this.stepper = new Stepper(prox, name, jit);
    this.extrapolator = new Extrapolator(jit);
    this.wholeSteps = new WholeSteps(this.evaluator, this.stepper);
    this.routines = { fun: this.evaluator.routine, step: this.stepper };
  }
}

/** State of the methods that take steps x⁺ = prox(y - step grad f(y)). */
export interface GradientState<X extends Tree> extends SolverState {
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
  readonly evaluation: Evaluation<X> | undefined;
  /** @internal did the last step need the gradient where it ended? The next one will too, and has it cheapest at once. */
  readonly differentiatesEnds: boolean;
}

/** The state before the first step. */
export function initialState<X extends Tree>(x0: X, memory: StepMemory): GradientState<X> {
  const { stepSize } = memory;
  const own = { point: x0, anchor: x0, momentum: 1, evaluation: undefined, differentiatesEnds: false };
  return { iterations: 0, error: Infinity, stepSize, memory, ...own };
}

/**
 * One step of gradient descent (g = 0) or of its proximal or projected version, from the extrapolated point.
 *
 * Evaluates f and its gradient once where the step starts, unless the step before ended there and its search already
 * did, and once for each trial of a search.
 */
export function forwardBackward<X extends Tree, Theta>(
  method: ForwardBackward<X, Theta>,
  x: X,
  state: GradientState<X>,
  theta: Theta,
): Update<X, GradientState<X>> {
  const { problem, evaluator, stepper, extrapolator } = method;
  const { strategy, acceleration } = problem;
  const { start, momentum, slopeSize, trial: first } = startOf(method, x, state, theta);
  if (!Number.isFinite(start.value + slopeSize)) return { x, state: { ...state, failure: "nonFinite" } };

  // Without extrapolation the next step starts where this one ends.
  const ends = state.differentiatesEnds ? "now" : acceleration ? "seldom" : "later";
  const evaluate = (at: X) => evaluator.at(at, theta, ends);
  const choice = strategy.choose<X>({
    iteration: state.iterations,
    start,
    attempt: (stepSize) =>
      first?.stepSize === stepSize
        ? first
        : new Trial(start, stepSize, stepper.step(start, stepSize, theta), evaluate),
    memory: state.memory,
    isAccelerated: acceleration,
  });
  if ("failure" in choice) return { x, state: { ...state, failure: choice.failure } };
  const { trial, memory } = choice;
  const { stepSize, length } = trial;
  // (y - x⁺) / step is the gradient itself without a prox; with one, it cannot be less than the rounding of y.
  const error =
    problem.prox === undefined ? slopeSize : Math.max(length, (epsilonOf(x) / 2) * norm(start.x)) / stepSize;
  const rest: Extrapolation<X> = { point: trial.x, momentum: 1 };
  const { point, momentum: next } = acceleration
    ? extrapolator.extrapolate({ x, y: start.x, next: trial.x }, momentum, memory.stepSize / stepSize)
    : rest;
  const own: GradientState<X> = {
    iterations: state.iterations + 1,
    error,
    stepSize,
    momentum: next,
    point,
    anchor: trial.x,
    memory,
    evaluation: point === trial.x ? trial.known : undefined,
    differentiatesEnds: trial.known?.isDifferentiated === true,
  };
  return { x: trial.x, state: own };
}

/** Where a step starts. */
interface Start<X extends Tree> {
  readonly start: Evaluation<X>;
  readonly momentum: number;
  /** ‖grad f‖ there */
  readonly slopeSize: number;
  /** The step of the size in memory, if it was made in one plan. */
  readonly trial?: Trial<X>;
}

/** f at the point where the step starts: the extrapolated one, or x when that is not where the state comes from. */
function startOf<X extends Tree, Theta>(
  { problem, evaluator, wholeSteps }: ForwardBackward<X, Theta>,
  x: X,
  state: GradientState<X>,
  theta: Theta,
): Start<X> {
  const isOwn = sameLeaves(state.anchor, x);
  const point: X = isOwn ? state.point : x;
  const momentum = isOwn ? state.momentum : 1;
  const known = state.evaluation?.isAt(point, theta) === true ? state.evaluation : undefined;
  const { begins } = problem.strategy;
  const isNext = state.differentiatesEnds || !problem.acceleration;
  const end = begins === "untested" ? "nothing" : isNext ? "gradient" : "value";
  const step = begins && wholeSteps.from({ point, known, stepSize: state.memory.stepSize, theta, end });
  const start = step?.start ?? known ?? evaluator.at(point, theta, "now");
  const slopeSize = norm(start.gradient);
  // Extrapolation may leave the domain of f, which x itself has not.
  if (momentum > 1 && !Number.isFinite(start.value + slopeSize)) {
    const inside = evaluator.at(x, theta, "now");
    return { start: inside, momentum: 1, slopeSize: norm(inside.gradient) };
  }
  return step === undefined
    ? { start, momentum, slopeSize }
    : { start, momentum, slopeSize, trial: step.trial };
}

import type { Tensor } from "@cotangent/core-tensor";
import { Chain, type Tree } from "@cotangent/autodiff";
import { Evaluation } from "../evaluation/evaluation.js";
import type { Evaluator } from "../evaluation/evaluator.js";
import { Trial } from "../step-size/trial.js";
import type { Stepper } from "./stepper.js";

/** What a step needs to know of f where it ends. */
export type End = "nothing" | "value" | "gradient";

/** What a step is asked for. */
export interface StepFrom<X extends Tree, Theta> {
  readonly point: X;
  /** f there, if it is known */
  readonly known: Evaluation<X> | undefined;
  readonly stepSize: number;
  readonly theta: Theta;
  readonly end: End;
}

/** f and its gradient where a step starts, and the step. */
export interface WholeStep<X extends Tree> {
  readonly start: Evaluation<X>;
  readonly trial: Trial<X>;
}

/** x⁺, and what is wanted of f(x⁺), grad f(x⁺) */
type Ended<X> = readonly [next: X, end?: Tensor, endGradient?: X];

/** Steps by one plan, from f where they start to f where they end: the same bits as evaluating and stepping one by one. */
export class WholeSteps<X extends Tree, Theta> {
  /** From a point where the gradient is known. */
  private readonly rest: {
    readonly [E in End]: Chain<[y: X, gradient: X, stepSize: number, theta: Theta], Ended<X>>;
  };
  /** From any point: f and its gradient there, and the step. */
  private readonly whole: {
    readonly [E in End]: Chain<[y: X, stepSize: number, theta: Theta], readonly [Tensor, X, ...Ended<X>]>;
  };

  constructor(
    private readonly evaluator: Evaluator<X, Theta>,
    private readonly stepper: Stepper<X, Theta>,
  ) {
    const both = (x: X, theta: Theta): [Tensor, X] => {
      const { value, gradient } = evaluator.routine.differentiate("now", x, theta);
      return [value, gradient() as X];
    };
    const made = (end: (x: X, theta: Theta) => readonly [Tensor?, X?]) => {
      const step = (y: X, gradient: X, stepSize: number, theta: Theta): Ended<X> => {
        const next = stepper.ofAnySize.call(y, gradient, stepSize, theta) as X;
        return [next, ...end(next, theta)] as Ended<X>;
      };
      const whole = new Chain((y: X, stepSize: number, theta: Theta) => {
        const [value, gradient] = both(y, theta);
        return [value, gradient, ...step(y, gradient, stepSize, theta)] as const;
      });
      return { rest: new Chain(step), whole };
    };
    const nothing = made(() => []);
    const value = made((x, theta) => [evaluator.routine.call(x, theta)]);
    const gradient = made(both);
    this.rest = { nothing: nothing.rest, value: value.rest, gradient: gradient.rest };
    this.whole = { nothing: nothing.whole, value: value.whole, gradient: gradient.whole };
  }

  /** The step from a point, where f may be known; undefined where it is to be put together. */
  from({ point: y, known, stepSize, theta, end }: StepFrom<X, Theta>): WholeStep<X> | undefined {
    if (this.stepper.routine !== this.stepper.ofAnySize) return undefined;
    if (known?.hasGradient === true) {
      const ended = this.rest[end].call(y, known.gradient, stepSize, theta) as Ended<X> | undefined;
      return ended && { start: known, trial: this.trial(known, stepSize, theta, ended) };
    }
    const parts = this.whole[end].call(y, stepSize, theta) as readonly [Tensor, X, ...Ended<X>] | undefined;
    if (parts === undefined) return undefined;
    const [value, gradient, ...ended] = parts;
    const start = this.evaluation(y, theta, value, gradient);
    return { start, trial: this.trial(start, stepSize, theta, ended) };
  }

  private trial(
    start: Evaluation<X>,
    stepSize: number,
    theta: Theta,
    [next, end, gradient]: Ended<X>,
  ): Trial<X> {
    const evaluate = (x: X): Evaluation<X> =>
      end === undefined ? this.evaluator.at(x, theta, "seldom") : this.evaluation(x, theta, end, gradient);
    return new Trial(start, stepSize, next, evaluate);
  }

  private evaluation(x: X, theta: Theta, value: Tensor, gradient: X | undefined): Evaluation<X> {
    return new Evaluation(
      x,
      theta,
      { value, gradient: () => this.evaluator.gradient(x, theta) as never },
      gradient,
    );
  }
}

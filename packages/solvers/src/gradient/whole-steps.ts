import type { Tensor } from "@cotangent/core-tensor";
import { Chain, type Tree } from "@cotangent/autodiff";
import { Evaluation } from "../evaluation/evaluation.js";
import type { Evaluator } from "../evaluation/evaluator.js";
import { Trial } from "../step-size/trial.js";
import type { Stepper } from "./stepper.js";

/** What a step needs to know of f where it ends. */
export type End = "nothing" | "value" | "gradient";

/** f and its gradient where a step starts, and the step. */
export interface WholeStep<X extends Tree> {
  readonly start: Evaluation<X>;
  readonly trial: Trial<X>;
}

/** f(y), grad f(y), x⁺, and what is wanted of f(x⁺), grad f(x⁺) */
type Parts<X> = readonly [value: Tensor, gradient: X, next: X, end?: Tensor, endGradient?: X];

/** Steps by one plan, from f where they start to f where they end: the same bits as evaluating and stepping one by one. */
export class WholeSteps<X extends Tree, Theta> {
  private readonly chains: { readonly [E in End]: Chain<[y: X, stepSize: number, theta: Theta], Parts<X>> };

  constructor(
    private readonly evaluator: Evaluator<X, Theta>,
    private readonly stepper: Stepper<X, Theta>,
  ) {
    const { routine } = evaluator;
    const both = (x: X, theta: Theta): [Tensor, X] => {
      const { value, gradient } = routine.differentiate("now", x, theta);
      return [value, gradient() as X];
    };
    const started = (y: X, stepSize: number, theta: Theta): [Tensor, X, X] => {
      const [value, gradient] = both(y, theta);
      return [value, gradient, stepper.ofAnySize.call(y, gradient, stepSize, theta) as X];
    };
    this.chains = {
      nothing: new Chain(started),
      value: new Chain((y, stepSize, theta) => {
        const [value, gradient, next] = started(y, stepSize, theta);
        return [value, gradient, next, routine.call(next, theta)];
      }),
      gradient: new Chain((y, stepSize, theta) => {
        const [value, gradient, next] = started(y, stepSize, theta);
        return [value, gradient, next, ...both(next, theta)];
      }),
    };
  }

  /** The step from y; undefined where it is to be put together. */
  from(y: X, stepSize: number, theta: Theta, at: End): WholeStep<X> | undefined {
    if (this.stepper.routine !== this.stepper.ofAnySize) return undefined;
    const parts = this.chains[at].call(y, stepSize, theta) as Parts<X> | undefined;
    if (parts === undefined) return undefined;
    const [value, gradient, next, end, endGradient] = parts;
    const start = new Evaluation(y, theta, { value, gradient: () => gradient as never });
    const evaluate = (x: X): Evaluation<X> =>
      end === undefined
        ? this.evaluator.at(x, theta, "seldom")
        : new Evaluation(x, theta, {
            value: end,
            gradient: () => (endGradient ?? this.evaluator.gradient(x, theta)) as never,
          });
    return { start, trial: new Trial(start, stepSize, next, evaluate) };
  }
}

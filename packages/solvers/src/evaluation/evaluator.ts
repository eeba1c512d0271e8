import type { Tensor } from "@cotangent/core-tensor";
import { realScalar, Routine, type Tree } from "@cotangent/autodiff";
import type { Objective } from "@cotangent/implicit";
import { Evaluation } from "./evaluation.js";

/** Evaluates an objective at one point after the other: fun runs exactly once for each, or what was compiled of it. */
export class Evaluator<X extends Tree, Theta> {
  readonly routine: Routine<[X, Theta], Tensor>;

  constructor(fun: Objective<X, Theta>, where: string, jit: boolean | undefined) {
    this.routine = new Routine((x: X, theta: Theta) => realScalar(fun(x, theta), `${where}: fun`), {
      jit,
    });
  }

  /** f at a point; the gradient, which can always be asked for, costs least when it is said whether it will be. */
  at(x: X, theta: Theta, gradient: "now" | "later" | "seldom"): Evaluation<X> {
    return new Evaluation(x, theta, this.routine.differentiate(gradient, x, theta));
  }

  /** f as a function to be differentiated. */
  readonly fun: Objective<X, Theta> = (x, theta) => this.routine.call(x, theta);

  /** grad f, as a function to be differentiated. */
  readonly gradient = (x: X, theta: Theta): X => this.routine.differentiate("now", x, theta).gradient() as X;
}

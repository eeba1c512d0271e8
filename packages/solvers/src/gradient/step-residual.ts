import { Composition, tree, type Tree } from "@cotangent/autodiff";
import type { Conditions } from "@cotangent/implicit";
import type { Evaluator } from "../evaluation/evaluator.js";
import type { Stepper } from "./stepper.js";

/** (x, theta, step) -> what a step from x moves, turned round: zero at a solution. */
export type StepResidual<X, Theta> = Composition<[x: X, theta: Theta, stepSize: number], X>;

/** step grad f(x): x - T(x) for T(x) = x - step grad f(x), without the cancellation. */
export function gradientResidual<X extends Tree, Theta>(
  evaluator: Evaluator<X, Theta>,
): StepResidual<X, Theta> {
  return new Composition((x, theta, stepSize) => tree.scale(stepSize, evaluator.gradient(x, theta)) as X, {
    static: [2],
  });
}

/** x - prox(x - step grad f(x), theta, step) */
export function proximalResidual<X extends Tree, Theta>(
  evaluator: Evaluator<X, Theta>,
  stepper: Stepper<X, Theta>,
): StepResidual<X, Theta> {
  return new Composition(
    (x, theta, stepSize) =>
      tree.sub(x, stepper.routine.call(x, evaluator.gradient(x, theta), stepSize, theta)) as X,
    { static: [2] },
  );
}

/** The conditions of a solver, by the functions that its steps call: they are compiled already. */
export function conditionsBy<X, Theta>(
  conditions: Conditions<X, Theta>,
  residual: StepResidual<X, Theta>,
  stepSize: number,
): Conditions<X, Theta> {
  return { ...conditions, residual: (x, theta) => residual.call(x, theta, stepSize) as X };
}

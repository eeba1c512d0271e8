import { Composition, tree, type Tree } from "@cotangent/autodiff";
import type { Conditions } from "@cotangent/implicit";
import type { Evaluator } from "../evaluation/evaluator.js";
import { scaled } from "../evaluation/scaled.js";
import type { Stepper, StepRoutine } from "./stepper.js";

/** (x, theta, step) -> what a step from x moves, turned round: zero at a solution. */
type StepResidual<X, Theta> = (x: X, theta: Theta, stepSize: number) => unknown;

/** step grad f(x): x - T(x) for T(x) = x - step grad f(x), without the cancellation. */
export function gradientResidual<X extends Tree, Theta>(
  evaluator: Evaluator<X, Theta>,
): StepResidual<X, Theta> {
  return new Composition((x: X, theta: Theta, stepSize: number) =>
    tree.map((g) => scaled(stepSize, g), evaluator.gradient(x, theta)),
  ).call;
}

/** x - prox(x - step grad f(x), theta, step) */
export function proximalResidual<X extends Tree, Theta>(
  evaluator: Evaluator<X, Theta>,
  stepper: Stepper<X, Theta>,
): StepResidual<X, Theta> {
  const by = (step: StepRoutine<X, Theta>) => (x: X, theta: Theta, stepSize: number) =>
    tree.sub(x, step.call(x, evaluator.gradient(x, theta), stepSize, theta));
  const ofAnySize = new Composition(by(stepper.ofAnySize)).call;
  const ofOneSize = new Composition(by(stepper.ofOneSize), { static: [2] }).call;
  return (...args) => (stepper.routine === stepper.ofAnySize ? ofAnySize : ofOneSize)(...args);
}

/** The conditions of a solver, by the functions that its steps call: they are compiled already. */
export function conditionsBy<X, Theta>(
  conditions: Conditions<X, Theta>,
  residual: StepResidual<X, Theta>,
  stepSize: number,
): Conditions<X, Theta> {
  return { ...conditions, residual: (x, theta) => residual(x, theta, stepSize) as X };
}

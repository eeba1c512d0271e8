import { checkStepSize } from "./check.js";
import type { StepSizeStrategy } from "./step-size.js";

/** The same step in every iteration. Below 2/L, L the Lipschitz constant of the gradient, gradient descent converges. */
export function constantStep(stepSize: number, where: string): StepSizeStrategy {
  checkStepSize(stepSize, where);
  const memory = { stepSize, refusals: 0, wait: 0 };
  return { memory, begins: "untested", choose: ({ attempt }) => ({ trial: attempt(stepSize), memory }) };
}

import { checkStepSize } from "./check.js";
import type { StepSizeStrategy } from "./step-size.js";

/** A step for every iteration, counted from 0. */
export function scheduledStep(schedule: (iteration: number) => number, where: string): StepSizeStrategy {
  return {
    memory: { stepSize: 1, refusals: 0, wait: 0 },
    choose: ({ attempt, iteration, memory }) => {
      const stepSize = schedule(iteration);
      checkStepSize(stepSize, `${where}, iteration ${String(iteration)}`);
      return { trial: attempt(stepSize), memory: { ...memory, stepSize } };
    },
  };
}

import { backtracking } from "./backtracking.js";
import { constantStep } from "./constant.js";
import { scheduledStep } from "./schedule.js";
import type { StepSizeOption, StepSizeStrategy } from "./step-size.js";

/** The strategy that a `stepSize` option stands for. */
export function stepSizeStrategy(stepSize: StepSizeOption | undefined, where: string): StepSizeStrategy {
  if (stepSize === undefined) return backtracking();
  return typeof stepSize === "function" ? scheduledStep(stepSize, where) : constantStep(stepSize, where);
}

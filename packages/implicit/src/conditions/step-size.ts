import { ValueError } from "@cotangent/core-tensor";

/** The step of a fixed-point map. */
export interface StepOption {
  /** Any positive number: the fixed points do not depend on it. @defaultValue 1 */
  readonly stepSize?: number;
}

/** Refuses a step that is not a positive, finite number. */
export function checkStep(stepSize: number, where: string): void {
  if (!(stepSize > 0) || !Number.isFinite(stepSize)) {
    throw new ValueError(`${where}: stepSize must be a positive number, got ${String(stepSize)}`);
  }
}

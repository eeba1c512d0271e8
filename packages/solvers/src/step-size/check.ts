import { ValueError } from "@cotangent/core-tensor";

/** Refuses a step that is not a positive, finite number. */
export function checkStepSize(stepSize: unknown, where: string): asserts stepSize is number {
  if (typeof stepSize === "number" && stepSize > 0 && stepSize < Infinity) return;
  throw new ValueError(`${where}: stepSize must be a positive, finite number, got ${String(stepSize)}`);
}

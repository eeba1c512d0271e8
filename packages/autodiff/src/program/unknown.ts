import { liveTraces, tracedOf, type Tensor } from "@cotangent/core-tensor";
import { ProgramTrace } from "./program-trace.js";

/**
 * Is a program being recorded?
 *
 * @example
 * ```ts
 * isRecording(); // => false
 * ```
 */
export function isRecording(): boolean {
  return liveTraces().some((trace) => trace instanceof ProgramTrace);
}

/** Is this the value of a program, or a batch of them, so that there is no number at the bottom of it? */
export function isUnknown(x: Tensor): boolean {
  let current: Tensor | undefined = x;
  while (current !== undefined) {
    const traced = tracedOf(current);
    if (traced === undefined) return false;
    if (traced.trace instanceof ProgramTrace) return true;
    current = traced.primal ?? traced.whole;
  }
  return false;
}

import type { Tree } from "@cotangent/autodiff";
import type { Evaluation } from "../evaluation/evaluation.js";
import type { Trial } from "./trial.js";

/** What a strategy keeps between iterations. */
export interface StepMemory {
  /** The step to begin with. */
  readonly stepSize: number;
  /** How many steps had to be shortened. */
  readonly refusals: number;
  /** Iterations to go before an accelerated method may try a longer step again: every refusal doubles it. */
  readonly wait: number;
}

/** Where a step is wanted. */
export interface StepRequest<X extends Tree> {
  /** Counts from 0. */
  readonly iteration: number;
  /** f at y. */
  readonly start: Evaluation<X>;
  readonly attempt: (stepSize: number) => Trial<X>;
  readonly memory: StepMemory;
  /** With momentum, a step that turns out too long costs more than its repetition. */
  readonly isAccelerated: boolean;
}

/** A step that may be taken, or why there is none. */
export type StepChoice<X extends Tree> =
  | { readonly trial: Trial<X>; readonly memory: StepMemory }
  | { readonly failure: "lineSearchFailed" | "nonFinite" };

/** How the size of a step is found. */
export interface StepSizeStrategy {
  readonly memory: StepMemory;
  /**
   * Is the first step that is tried the one in memory, and is f asked for where it ends ("tested") or not? Left out where
   * that is not known beforehand.
   */
  readonly begins?: "tested" | "untested";
  choose<X extends Tree>(request: StepRequest<X>): StepChoice<X>;
}

/** A constant step, or one for every iteration (counted from 0). Left out: found by backtracking. */
export type StepSizeOption = number | ((iteration: number) => number);

import type { Compilation } from "./routines.js";
import type { ImplicitReport } from "@cotangent/implicit";
import type { Tensors } from "@cotangent/autodiff";

/**
 * How a solve ended.
 *
 * - `converged`: the error is at or below the tolerance.
 * - `maxIterations`: the iterations were used up first.
 * - `stalled`: the error is above the tolerance and stays there, because it is made of rounding.
 * - `lineSearchFailed`: no step size, however small, behaves as a gradient promises.
 * - `diverged`: the iterates grow without bound.
 * - `nonFinite`: NaN or infinity in x, in the value or in the gradient; x is the last iterate free of them.
 */
export type Status =
  "converged" | "maxIterations" | "stalled" | "lineSearchFailed" | "diverged" | "nonFinite";

/** What a solver found, and how much to believe it. */
export interface Solution<X, S = unknown> {
  /** The solution: differentiable in theta, not in x0. */
  readonly x: Tensors<X>;
  readonly status: Status;
  /** Number of updates. */
  readonly iterations: number;
  /** The solver's measure of how far from optimal x is, which stops at `tolerance`. */
  readonly error: number;
  /** The state after the last update, from which `update` can go on. */
  readonly state: S;
  /** Whether the solver's functions were compiled, and if not, why: see the option `jit`. */
  readonly compilation: Compilation;
  /** The linear solves of derivatives of x are added here as they run. */
  readonly report: ImplicitReport;
}

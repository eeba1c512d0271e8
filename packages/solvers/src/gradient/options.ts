import type { SolverOptions } from "../solver/options.js";
import type { StepSizeOption } from "../step-size/step-size.js";
import type { GradientState } from "./forward-backward.js";
import type { Tree } from "@cotangent/autodiff";

/** Options of gradient descent and of its proximal and projected versions. */
export interface GradientOptions<X extends Tree> extends SolverOptions<X, GradientState<X>> {
  /** A constant, or a function of the iteration (counted from 0); found by backtracking when left out. */
  readonly stepSize?: StepSizeOption;
  /** FISTA's extrapolation, with adaptive restart. @defaultValue true */
  readonly acceleration?: boolean;
}

import { zeros, type Tensor } from "@cotangent/core-tensor";
import { direct, type Adjoint } from "@cotangent/implicit";
import { newton } from "@cotangent/solvers";
import type { Bilevel } from "./bilevel.js";

/** So tight that central differences of the validation loss see no error of the inner solver. */
const tolerance = 1e-12;

/**
 * Newton's method for the inner problem, which is smooth, strictly convex and small: a few iterations to rounding
 * error.
 */
export function innerSolver({ objective }: Pick<Bilevel, "objective">, adjoint: Adjoint = direct()) {
  return newton({ fun: objective, tolerance, maxIterations: 100, adjoint });
}

/** Weights and intercept of nothing learnt yet. */
export function coldStart({ features }: Pick<Bilevel, "features">): Tensor {
  return zeros([features + 1]);
}

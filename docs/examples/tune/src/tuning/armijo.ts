import { clip, type Tensor } from "@cotangent/core-tensor";
import type { Bilevel } from "./bilevel.js";
import type { Hypergradient } from "./hypergradient.js";
import { innerSolver } from "./inner-solver.js";
import { bounds } from "./penalties.js";

/** Share of the first-order decrease that a step must achieve; more than usual, lest the steps zigzag. */
const sufficient = 0.3;

const mostHalvings = 20;

export interface Trial {
  /** The new point and its inner solution; undefined where no step, however short, lowers the loss. */
  readonly next: { readonly theta: Tensor; readonly x: Tensor } | undefined;
  readonly step: number;
  readonly innerSolves: number;
}

/** clip(theta - s g), within the bounds of the log-penalties. */
export function project(theta: Tensor, gradient: Tensor, step: number): Tensor {
  return clip(theta.sub(gradient.mul(step)), bounds.lower, bounds.upper);
}

/**
 * The first of s, s/2, s/4, ... whose step to theta⁺ = clip(theta - s g) lowers the loss enough (Armijo's rule):
 *
 *     L(theta⁺) <= L(theta) - c <g, theta - theta⁺>
 *
 * Source: Bertsekas, "On the Goldstein-Levitin-Polyak gradient projection method" (1976).
 */
export function descend(problem: Bilevel, theta: Tensor, at: Hypergradient, firstStep: number): Trial {
  const solver = innerSolver(problem);
  let step = firstStep;
  for (let innerSolves = 1; innerSolves <= mostHalvings; innerSolves++, step /= 2) {
    const candidate = project(theta, at.gradient, step);
    const expected = at.gradient.mul(theta.sub(candidate)).sum().item();
    const { x } = solver.run(at.x, candidate);
    if (problem.validationLoss(x).item() <= at.loss - sufficient * expected) {
      return { next: { theta: candidate, x }, step, innerSolves };
    }
  }
  return { next: undefined, step, innerSolves: mostHalvings };
}

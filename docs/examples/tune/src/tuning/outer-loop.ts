import { clip, type Tensor } from "@cotangent/core-tensor";
import type { Bilevel } from "./bilevel.js";
import { hypergradient, type Hypergradient } from "./hypergradient.js";
import { innerSolver } from "./inner-solver.js";
import { bounds } from "./penalties.js";
import type { TuningPoint, TuningResult } from "./result.js";

export interface OuterLoopOptions {
  /** The most steps. */
  readonly budget: number;
  readonly onStep: (done: number) => void;
}

/** Share of the first-order decrease that a step must achieve (Armijo); more than usual, lest the steps zigzag. */
const sufficient = 0.3;

/** A step that lowers the loss by a smaller share than this is the last. */
const noticeable = 1e-4;

const mostHalvings = 20;

/**
 * Projected gradient descent on the validation loss, theta <- clip(theta - s g), with steps s by backtracking (Armijo's
 * rule). The first step moves the most sensitive log-penalty by one; after every success the step is doubled.
 *
 * Source: Bertsekas, "On the Goldstein-Levitin-Polyak gradient projection method" (1976).
 */
export function tune(
  problem: Bilevel,
  start: { readonly theta: Tensor; readonly x: Tensor },
  { budget, onStep }: OuterLoopOptions,
): { result: TuningResult; theta: Tensor; x: Tensor; reports: Hypergradient["report"][] } {
  const solver = innerSolver(problem);
  let { theta } = start;
  let current = hypergradient(problem, theta, start.x);
  let step = 1 / Math.max(...current.gradient.abs().toTypedArray());
  let innerSolves = 1;
  let stoppedBecause: TuningResult["stoppedBecause"] = "budget";
  const reports = [current.report];
  const trace = [tracePoint(problem, 0, theta, current)];

  /** The first of s, s/2, s/4, ... that lowers the loss enough. */
  const descend = (): { theta: Tensor; x: Tensor } | undefined => {
    for (let halvings = 0; halvings <= mostHalvings; halvings++, step /= 2) {
      const candidate = clip(theta.sub(current.gradient.mul(step)), bounds.lower, bounds.upper);
      const expected = current.gradient.mul(theta.sub(candidate)).sum().item();
      const { x } = solver.run(current.x, candidate);
      innerSolves++;
      if (problem.validationLoss(x).item() <= current.loss - sufficient * expected) return { theta: candidate, x };
    }
    return undefined;
  };

  while (trace.length <= budget) {
    if (trace.at(-1)!.gradientNorm === 0) {
      stoppedBecause = "converged";
      break;
    }
    const next = descend();
    if (next === undefined) {
      stoppedBecause = "no descent";
      break;
    }
    const before = current.loss;
    theta = next.theta;
    current = hypergradient(problem, theta, next.x);
    innerSolves++;
    step *= 2;
    reports.push(current.report);
    trace.push(tracePoint(problem, trace.length, theta, current));
    onStep((trace.length - 1) / budget);
    if (before - current.loss < noticeable * before) {
      stoppedBecause = "converged";
      break;
    }
  }
  return { result: { trace, stoppedBecause, innerSolves }, theta, x: current.x, reports };
}

function tracePoint(problem: Bilevel, step: number, theta: Tensor, { loss, gradient, x }: Hypergradient): TuningPoint {
  const free = theta.sub(clip(theta.sub(gradient), bounds.lower, bounds.upper));
  return {
    step,
    trainingLoss: problem.trainingLoss(x).item(),
    validationLoss: loss,
    testLoss: problem.testLoss(x).item(),
    gradientNorm: free.norm().item(),
  };
}

import type { Tensor } from "@cotangent/core-tensor";
import type { ImplicitReport } from "@cotangent/implicit";
import { descend, project } from "./armijo.js";
import type { Bilevel } from "./bilevel.js";
import { hypergradient, type Hypergradient } from "./hypergradient.js";
import type { TuningPoint, TuningResult } from "./result.js";

export interface OuterLoopOptions {
  /** The most steps. */
  readonly budget: number;
  readonly onStep: (done: number) => void;
}

/** Log-penalties with the solution of their inner problem. */
export interface Fit {
  readonly theta: Tensor;
  readonly x: Tensor;
}

/** Converged: so many steps together lowered the loss by a smaller share than this. */
const patience = 5;
const noticeable = 1e-3;

/**
 * Projected gradient descent on the validation loss, theta <- clip(theta - s g), with steps by backtracking. The first
 * one moves the most sensitive log-penalty by one; after every success the step is doubled.
 */
export function tune(
  problem: Bilevel,
  start: Fit,
  { budget, onStep }: OuterLoopOptions,
): Fit & { readonly result: TuningResult; readonly reports: readonly ImplicitReport[] } {
  let { theta } = start;
  let current = hypergradient(problem, theta, start.x);
  let step = 1 / Math.max(...current.gradient.abs().toTypedArray());
  let innerSolves = 1;
  const reports = [current.report];
  const trace = [tracePoint(problem, 0, theta, current)];
  let stoppedBecause = reasonToStop(trace, budget);
  while (stoppedBecause === undefined) {
    const trial = descend(problem, theta, current, step);
    innerSolves += trial.innerSolves;
    if (trial.next === undefined) {
      stoppedBecause = "no descent";
      break;
    }
    theta = trial.next.theta;
    step = 2 * trial.step;
    current = hypergradient(problem, theta, trial.next.x);
    innerSolves++;
    reports.push(current.report);
    trace.push(tracePoint(problem, trace.length, theta, current));
    onStep((trace.length - 1) / budget);
    stoppedBecause = reasonToStop(trace, budget);
  }
  return { theta, x: current.x, reports, result: { trace, stoppedBecause, innerSolves } };
}

function reasonToStop(
  trace: readonly TuningPoint[],
  budget: number,
): TuningResult["stoppedBecause"] | undefined {
  const last = trace.at(-1)!;
  const earlier = trace.at(-1 - patience)?.validationLoss ?? Infinity;
  if (last.gradientNorm === 0 || earlier - last.validationLoss < noticeable * earlier) return "converged";
  return trace.length > budget ? "budget" : undefined;
}

function tracePoint(problem: Bilevel, step: number, theta: Tensor, at: Hypergradient): TuningPoint {
  return {
    step,
    trainingLoss: problem.trainingLoss(at.x).item(),
    validationLoss: at.loss,
    testLoss: problem.testLoss(at.x).item(),
    gradientNorm: theta
      .sub(project(theta, at.gradient, 1))
      .norm()
      .item(),
  };
}

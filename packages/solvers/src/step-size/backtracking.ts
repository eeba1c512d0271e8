import type { Tree } from "@cotangent/autodiff";
import { dotDifferences, epsilonOf, norm } from "../solver/measure.js";
import type { Evaluation } from "../evaluation/evaluation.js";
import type { StepChoice, StepMemory, StepRequest, StepSizeStrategy } from "./step-size.js";
import type { Trial } from "./trial.js";

const maxTrials = 60;

/** A refused step becomes 1/c times 0.9, c the curvature that refused it, but within these factors of itself. */
const shrink = { least: 0.01, most: 0.9 };

/** A step may grow by this factor per iteration: fast until the first refusal has shown the scale, then slowly. */
const grow = { first: 10, later: 1.1 };

/** Under acceleration a step grows only where the curvature is this much less than it allows for. */
const flat = 0.1;

/** The model f(y) + <g, d> + ‖d‖^2 / (2 step) is an upper bound up to this much of its last term. */
const slack = 1e-3;

/**
 * Finds a step at which the quadratic model of f at y, with curvature 1/step, is an upper bound at x⁺:
 *
 *     f(x⁺) <= f(y) + <grad f(y), d> + ‖d‖^2 / (2 step),      d = x⁺ - y.
 *
 * That is, step <= 1/c with the curvature c = 2 (f(x⁺) - f(y) - <grad f(y), d>) / ‖d‖^2 of f along d. The step is
 * allowed to grow again. Near the optimum the difference of two values of f drowns in rounding; there c is taken from
 * the gradients, c = <grad f(x⁺) - grad f(y), d> / ‖d‖^2, and where even those agree to rounding, the last step stays.
 *
 * Sources: Beck & Teboulle (2009), sec. 4; Scheinberg, Goldfarb & Bai (2014), sec. 3; Hager & Zhang (2005), sec. 4.
 */
export function backtracking(): StepSizeStrategy {
  return { memory: { stepSize: 1, refusals: 0, wait: 0 }, begins: "tested", choose };
}

function choose<X extends Tree>({ start, attempt, memory, isAccelerated }: StepRequest<X>): StepChoice<X> {
  let { stepSize, refusals } = memory;
  let refusedBy = 0;
  // The curvature of a smooth f is bounded. Where it seems to grow until rounding hides it, f and its gradient disagree.
  let isUnbounded = false;
  for (let trials = 1; trials <= maxTrials; trials++) {
    const trial = attempt(stepSize);
    const { curvature, source } = curvatureOf(trial, start);
    if (source !== "values" && isUnbounded) break;
    // A step that is too short to be tested must do for the curvature that refused the longer ones.
    const isLongEnough = source !== "none";
    const relevant = isLongEnough ? curvature : refusedBy;
    if (relevant * stepSize <= 1 + slack) {
      const wait = trials > 1 ? 2 ** Math.min(refusals, 10) : Math.max(memory.wait - 1, 0);
      const found = { stepSize, refusals, wait };
      const next = isLongEnough ? nextTrial(found, curvature, isAccelerated) : stepSize;
      return { trial, memory: { stepSize: next, refusals, wait } };
    }
    if (refusedBy === 0) refusals += 1;
    isUnbounded = refusedBy > 0 && refusedBy < Infinity && relevant > 2 * refusedBy;
    refusedBy = relevant;
    stepSize = clamp(0.9 / refusedBy, shrink.least * stepSize, shrink.most * stepSize);
  }
  return { failure: refusedBy < Infinity ? "lineSearchFailed" : "nonFinite" };
}

/** Where the next search begins: at the step that was found, or at a longer one. */
function nextTrial(
  { stepSize, refusals, wait }: StepMemory,
  curvature: number,
  isAccelerated: boolean,
): number {
  if (isAccelerated && refusals > 0 && (wait > 0 || curvature * stepSize > flat)) return stepSize;
  const target = curvature > 0 ? 0.9 / curvature : Infinity;
  return clamp(target, stepSize, (refusals > 0 ? grow.later : grow.first) * stepSize);
}

/** The curvature of f along d, and what it was measured by. */
interface Measured {
  readonly curvature: number;
  readonly source: "values" | "gradients" | "none";
}

/** The curvature of f along d; Infinity where f is not finite at x⁺. */
function curvatureOf<X extends Tree>(trial: Trial<X>, start: Evaluation<X>): Measured {
  const { length, squaredLength, slope, stepSize } = trial;
  if (length === 0) return { curvature: 0, source: "none" };
  if (!Number.isFinite(length) || !Number.isFinite(trial.end.value))
    return { curvature: Infinity, source: "values" };
  const { end } = trial;
  const epsilon = epsilonOf(trial.x);
  const rounding = epsilon * (Math.abs(start.value) + Math.abs(end.value) + Math.abs(slope));
  if (slack * squaredLength > 8 * stepSize * rounding) {
    return { curvature: (2 * (end.value - start.value - slope)) / squaredLength, source: "values" };
  }
  if (length <= 1e3 * epsilon * norm(start.x)) return { curvature: 0, source: "none" };
  const change = dotDifferences(end.gradient, start.gradient, trial.x, start.x);
  return { curvature: Number.isNaN(change) ? Infinity : change / squaredLength, source: "gradients" };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

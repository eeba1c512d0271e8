import type { Tree } from "@cotangent/autodiff";
import { dotDifferences, epsilonOf, norm } from "../solver/measure.js";
import type { Evaluation } from "../evaluation/evaluation.js";
import type { StepChoice, StepRequest, StepSizeStrategy } from "./step-size.js";
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
  return { memory: { stepSize: 1, refusals: 0, wait: 0 }, choose };
}

function choose<X extends Tree>(request: StepRequest<X>): StepChoice<X> {
  const { start, attempt, memory } = request;
  let { stepSize, refusals } = memory;
  let isFinite = false;
  for (let trials = 1; trials <= maxTrials; trials++) {
    const trial = attempt(stepSize);
    const curvature = curvatureOf(trial, start);
    if (curvature === "unmeasurable") {
      // Far below the step that was good enough before, a step that cannot be tested is no success.
      if (stepSize < shrink.least * memory.stepSize) break;
      return { trial, memory: { ...memory, stepSize } };
    }
    isFinite ||= Number.isFinite(curvature);
    if (curvature * stepSize <= 1 + slack) {
      const wait = trials > 1 ? 2 ** Math.min(refusals, 10) : Math.max(memory.wait - 1, 0);
      return {
        trial,
        memory: { stepSize: longer(stepSize, curvature, request, refusals, wait), refusals, wait },
      };
    }
    stepSize = clamp(0.9 / curvature, shrink.least * stepSize, shrink.most * stepSize);
    if (trials === 1) refusals += 1;
  }
  return { failure: isFinite ? "lineSearchFailed" : "nonFinite" };
}

function longer<X extends Tree>(
  stepSize: number,
  curvature: number,
  { isAccelerated }: StepRequest<X>,
  refusals: number,
  wait: number,
): number {
  if (isAccelerated && refusals > 0 && (wait > 0 || curvature * stepSize > flat)) return stepSize;
  const target = curvature > 0 ? 0.9 / curvature : Infinity;
  return clamp(target, stepSize, (refusals > 0 ? grow.later : grow.first) * stepSize);
}

/** The curvature of f along d; Infinity where f is not finite at x⁺. */
function curvatureOf<X extends Tree>(trial: Trial<X>, start: Evaluation<X>): number | "unmeasurable" {
  const { length, squaredLength, slope, stepSize } = trial;
  if (length === 0) return "unmeasurable";
  if (!Number.isFinite(length)) return Infinity;
  const { end } = trial;
  if (!Number.isFinite(end.value)) return Infinity;
  const epsilon = epsilonOf(trial.x);
  const rounding = epsilon * (Math.abs(start.value) + Math.abs(end.value) + Math.abs(slope));
  if (slack * squaredLength > 8 * stepSize * rounding) {
    return (2 * (end.value - start.value - slope)) / squaredLength;
  }
  if (length <= 1e3 * epsilon * norm(start.x)) return "unmeasurable";
  const change = dotDifferences(end.gradient, start.gradient, trial.x, start.x);
  return Number.isNaN(change) ? Infinity : change / squaredLength;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

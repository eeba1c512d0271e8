import { hostArray } from "@cotangent/core-tensor";
import type { Dataset } from "../data/dataset.js";
import { split } from "../data/split.js";
import { standardise } from "../data/standardise.js";
import { bilevel } from "./bilevel.js";
import { compareHypergradients } from "./comparison.js";
import { derivativeError } from "./derivative-error.js";
import { evaluate } from "./evaluate.js";
import { searchGrid } from "./grid.js";
import { tune, type Fit } from "./outer-loop.js";
import { samePenalty } from "./penalties.js";
import type { Progress } from "./progress.js";
import { largestResiduals } from "./residuals.js";
import type { ExperimentResult, FeaturePenalty } from "./result.js";

export interface ExperimentOptions {
  readonly seed: number;
  /** Single penalties to try. @defaultValue 40 */
  readonly gridSize?: number;
  /** The most steps of the tuning. @defaultValue 40 */
  readonly outerSteps?: number;
  /** The derivative's error is measured down to this tolerance, 10^-k. @defaultValue 12 */
  readonly tightest?: number;
  /** Each time is the median of at most so many. @defaultValue 5 */
  readonly runs?: number;
}

/** The whole run: grid, tuning, the check of the hypergradient, and its error under loose tolerances. */
export function runExperiment(
  data: Dataset,
  progress: Progress,
  { seed, gridSize = 40, outerSteps = 40, tightest = 12, runs = 5 }: ExperimentOptions,
): ExperimentResult {
  const start = performance.now();
  const parts = standardise(data, split(data, seed));
  const problem = bilevel(parts, data);

  progress.phase(`trying ${gridSize} single penalties`, 0.15);
  const grid = searchGrid(problem, gridSize, (done) => progress.advance(done));
  const best = samePenalty(grid.result.points[grid.result.best]!.penalty, problem.features);

  progress.phase(`tuning ${problem.features} penalties`, 0.25);
  const tuned = tune(
    problem,
    { theta: best, x: grid.x },
    {
      budget: outerSteps,
      onStep: (done) => progress.advance(done),
    },
  );

  progress.phase("comparing hypergradients", 0.25);
  const comparison = compareHypergradients(problem, best, {
    runs,
    onMethod: (done) => progress.advance(done),
  });

  progress.phase("measuring the derivative's error", 0.35);
  const errors = derivativeError(problem, best, {
    tightest,
    onPoint: (done) => progress.advance(done),
  });

  return {
    data,
    parts: { training: parts.training.rows, validation: parts.validation.rows, test: parts.test.rows },
    seed,
    grid: grid.result,
    tuning: tuned.result,
    single: evaluate(problem, parts, data.task, grid.x),
    tuned: evaluate(problem, parts, data.task, tuned.x),
    penalties: penaltiesOf(data, { theta: best, x: grid.x }, tuned),
    comparison,
    residuals: largestResiduals(tuned.reports),
    derivativeError: errors,
    seconds: (performance.now() - start) / 1000,
  };
}

function penaltiesOf({ features }: Dataset, single: Fit, tuned: Fit): FeaturePenalty[] {
  const numbers = ({ theta, x }: Fit) => ({
    theta: hostArray(theta, "penalties"),
    x: hostArray(x, "weights"),
  });
  const before = numbers(single);
  const after = numbers(tuned);
  return features.map((feature, j) => ({
    feature,
    single: Math.exp(before.theta[j]!),
    tuned: Math.exp(after.theta[j]!),
    singleWeight: before.x[j]!,
    tunedWeight: after.x[j]!,
  }));
}

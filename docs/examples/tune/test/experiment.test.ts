import { describe, expect, test } from "@jest/globals";
import { parseCsv } from "../src/data/csv.js";
import { prepare } from "../src/data/prepare.js";
import { runExperiment } from "../src/tuning/experiment.js";
import type { ExperimentResult } from "../src/tuning/result.js";
import { silent } from "./silent.js";
import { aNumber, tinyCsv, twoClasses } from "./tiny-data.js";

const options = { seed: 0, gridSize: 6, outerSteps: 5, tightest: 8, runs: 1 };

const experiment = (target: typeof twoClasses): ExperimentResult =>
  runExperiment(prepare(parseCsv("tiny.csv", tinyCsv(target)), "target"), silent, options);

const results = { classification: experiment(twoClasses), regression: experiment(aNumber) };

describe.each(["classification", "regression"] as const)("an experiment in %s", (task) => {
  const result = results[task];

  test("tunes on the validation rows, from the best of the grid", () => {
    const { grid, tuning, single, tuned } = result;
    expect(result.data.task).toBe(task);
    expect(grid.points).toHaveLength(6);
    const losses = grid.points.map(({ validationLoss }) => validationLoss);
    expect(losses[grid.best]).toBe(Math.min(...losses));
    // The warm start of the grid and of the tuning differ; both solve to 1e-12.
    expect(tuning.trace[0]!.validationLoss).toBeCloseTo(losses[grid.best]!, 10);
    const trace = tuning.trace.map(({ validationLoss }) => validationLoss);
    expect([...trace].sort((a, b) => b - a)).toEqual(trace);
    expect(tuned.validationLoss).toBeLessThan(single.validationLoss);
    expect(tuning.trace.length).toBeLessThanOrEqual(6);
  });

  test("finds the same hypergradient by three methods", () => {
    const digits = result.comparison.methods.map((method) => method.digits);
    expect(result.comparison.methods.map(({ innerSolves }) => innerSolves)).toEqual([1, 1, 6]);
    expect(digits[0]).toBeUndefined();
    // Truncation h^2 = 1e-8 bounds central differences.
    expect(digits[1]).toBeGreaterThan(9);
    expect(digits[2]).toBeGreaterThan(6.5);
  });

  test("solves its equations", () => {
    expect(result.residuals.inner).toBeLessThanOrEqual(1e-12);
    expect(result.residuals.backward).toBeLessThan(1e-12);
    expect(result.residuals.backwardMethod).not.toBe("");
  });

  test("shows the implicit derivative converge and the one-step derivative not", () => {
    const { points } = result.derivativeError;
    expect(points).toHaveLength(8);
    expect(points[7]!.implicit).toBeLessThan(1e-5);
    expect(points[7]!.implicit).toBeLessThan(1e-3 * points[1]!.implicit);
    expect(points[7]!.unrolled).toBeLessThan(1e-3);
    expect(points[7]!.oneStep).toBeGreaterThan(1e-3);
    expect(points[7]!.iterations).toBeGreaterThan(points[0]!.iterations);
  });

  test("repeats itself but for the times", () => {
    const again = experiment(task === "classification" ? twoClasses : aNumber);
    const withoutTimes = ({ comparison, seconds: _, ...rest }: ExperimentResult) => ({
      ...rest,
      digits: comparison.methods.map((method) => method.digits),
    });
    expect(withoutTimes(again)).toEqual(withoutTimes(result));
  });
});

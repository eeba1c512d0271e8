import type { ExperimentResult, HypergradientMethod } from "../tuning/result.js";
import { formatDigits, formatNumber, formatPercent, formatPower, formatTime, plural } from "./format.js";

/** A table of text: the first row holds the headings, the first column the names. */
export type TextTable = readonly (readonly string[])[];

/** Both models side by side, as shown on the terminal and in the report. */
export function modelTable({ grid, data, single, tuned, tuning }: ExperimentResult): TextTable {
  const steps = tuning.trace.length - 1;
  const rows = [
    { name: `best single penalty of ${grid.points.length}`, model: single },
    {
      name: `${plural(data.features.length, "tuned penalty", "tuned penalties")} (${plural(steps, "step")})`,
      model: tuned,
    },
  ];
  const regression = data.task === "regression";
  return [
    ["model", "validation loss", "test loss", ...(regression ? ["test R²", "test RMSE"] : ["test accuracy"])],
    ...rows.map(({ name, model }) => [
      name,
      formatNumber(model.validationLoss),
      formatNumber(model.testLoss),
      regression ? model.testScore.toFixed(3) : formatPercent(model.testScore),
      ...(model.testRmse === undefined ? [] : [formatNumber(model.testRmse)]),
    ]),
  ];
}

/** The hypergradient by its three methods. */
export function hypergradientTable({ comparison }: ExperimentResult): TextTable {
  const agreement = ({ digits }: HypergradientMethod): string =>
    digits === undefined ? "(reference)" : formatDigits(digits);
  return [
    ["hypergradient by", "inner solves", "time", "median of", "agreement"],
    ...comparison.methods.map((method) => [
      method.name,
      String(method.innerSolves),
      formatTime(method.milliseconds),
      plural(method.runs, "run"),
      agreement(method),
    ]),
  ];
}

/** How well the equations behind the numbers were solved. */
export function residualTable({ residuals }: ExperimentResult): TextTable {
  return [
    ["largest residual", "value"],
    ["inner problem: norm of its gradient", formatPower(residuals.inner)],
    [`backward solve (${residuals.backwardMethod}): relative`, formatPower(residuals.backward)],
  ];
}

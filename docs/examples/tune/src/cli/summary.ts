import { quote } from "../errors.js";
import { hypergradientTable, modelTable, residualTable } from "../report/rows.js";
import { formatNumber, plural } from "../report/format.js";
import type { ExperimentResult } from "../tuning/result.js";
import { textTable } from "./text-table.js";

/** What the terminal shows at the end, at most 100 columns wide. */
export function summary(result: ExperimentResult): string {
  const { data, parts, seed } = result;
  const classes = data.classes === undefined ? "" : ` (${data.classes.map(quote).join(" or ")})`;
  return [
    `${data.name}: ${data.rows} rows, ${plural(data.features.length, "feature")}, ` +
      `${data.task} of ${quote(data.target)}${classes}`,
    `${parts.training} training, ${parts.validation} validation, ${parts.test} test rows (seed ${seed})`,
    "",
    textTable(modelTable(result)),
    "",
    textTable(hypergradientTable(result)),
    `(at the best single penalty, ${formatNumber(result.grid.points[result.grid.best]!.penalty)}; ` +
      "the times include the inner solves)",
    "",
    textTable(residualTable(result)),
    "",
  ].join("\n");
}

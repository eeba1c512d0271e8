import * as Plot from "@observablehq/plot";
import type { ExperimentResult } from "../../tuning/result.js";
import type { Figure } from "../figure.js";
import { formatNumber, plural } from "../format.js";
import { colours, draw } from "./draw.js";
import { formatTick, powersBetween } from "./powers.js";

/** Validation loss of every single penalty, and of the tuned ones. */
export function gridPlot({ grid, tuned, data }: ExperimentResult): Figure {
  const best = grid.points[grid.best]!;
  const penalties = grid.points.map(({ penalty }) => penalty);
  const svg = draw({
    ariaLabel: "Validation loss against the single penalty",
    width: 440,
    height: 300,
    marginLeft: 48,
    marginTop: 28,
    marginBottom: 40,
    x: {
      type: "log",
      label: "single penalty →",
      ticks: powersBetween(penalties[0]!, penalties.at(-1)!),
      tickFormat: formatTick,
    },
    y: { label: "↑ validation loss", grid: true, nice: true },
    marks: [
      Plot.ruleY([tuned.validationLoss], { stroke: colours.tuned, strokeWidth: 2, strokeDasharray: "5 4" }),
      Plot.line(grid.points, { x: "penalty", y: "validationLoss", stroke: colours.single, strokeWidth: 2 }),
      Plot.dot(grid.points, { x: "penalty", y: "validationLoss", fill: colours.single, r: 2 }),
      Plot.dot([best], { x: "penalty", y: "validationLoss", stroke: colours.single, strokeWidth: 2, r: 6 }),
    ],
  });
  return {
    title: "One penalty for all features",
    svg,
    keys: [
      { label: "one penalty", colour: colours.single },
      {
        label: plural(data.features.length, "tuned penalty", "tuned penalties"),
        colour: colours.tuned,
        dashed: true,
      },
    ],
    caption:
      `Each dot is a model whose features all have the same penalty. The ring marks the best one, ` +
      `${formatNumber(best.penalty)}, where the tuning starts. Models further left follow the training rows ` +
      `more closely, models further right are held back more. The dashed line is what separate penalties reach.`,
  };
}

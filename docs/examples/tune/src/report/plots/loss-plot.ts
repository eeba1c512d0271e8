import * as Plot from "@observablehq/plot";
import type { ExperimentResult } from "../../tuning/result.js";
import type { Figure } from "../figure.js";
import { colours, draw } from "./draw.js";

const parts = [
  { label: "training", colour: colours.third, loss: "trainingLoss" },
  { label: "validation (minimised)", colour: colours.tuned, loss: "validationLoss" },
  { label: "test (only watched)", colour: colours.single, loss: "testLoss" },
] as const;

const reasons = {
  converged: "It stopped by itself: five steps together lowered the loss by less than a thousandth.",
  budget: "It stopped because its budget of steps was used up; the loss was still falling a little.",
  "no descent": "It stopped because no step, however short, lowered the loss any more.",
} as const;

/** The losses over the outer steps. */
export function lossPlot({ tuning }: ExperimentResult): Figure {
  const svg = draw({
    ariaLabel: "Losses against the outer step",
    width: 440,
    height: 300,
    marginLeft: 48,
    marginTop: 28,
    marginBottom: 40,
    x: { label: "outer step →" },
    y: { label: "↑ loss", grid: true, nice: true },
    marks: parts.flatMap(({ colour, loss }) => [
      Plot.line(tuning.trace, { x: "step", y: loss, stroke: colour, strokeWidth: 2 }),
      Plot.dot(tuning.trace, { x: "step", y: loss, fill: colour, r: 2 }),
    ]),
  });
  return {
    title: "Tuning by gradient descent",
    svg,
    keys: parts,
    caption:
      "Every step solves the inner problem, differentiates its solution and moves all log-penalties downhill on the " +
      `validation loss. ${reasons[tuning.stoppedBecause]} The test rows chose nothing, so the test curve is an ` +
      "honest judge: where it rises while validation falls, the penalties are overfitted to the validation rows.",
  };
}

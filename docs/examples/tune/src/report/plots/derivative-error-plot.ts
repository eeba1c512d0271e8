import * as Plot from "@observablehq/plot";
import type { ExperimentResult } from "../../tuning/result.js";
import type { Figure } from "../figure.js";
import { formatPower } from "../format.js";
import { colours, draw } from "./draw.js";
import { formatTick, powersBetween } from "./powers.js";

const methods = [
  { label: "implicit differentiation", colour: colours.tuned, error: "implicit" },
  { label: "unrolling", colour: colours.single, error: "unrolled" },
  { label: "one-step", colour: colours.third, error: "oneStep" },
] as const;

/** Below this a float64 has no digits; it also gives an exact agreement a place on the logarithmic axis. */
const rounding = 1e-16;

/** Error of the hypergradient against the tolerance of the inner solver. */
export function derivativeErrorPlot({ derivativeError, comparison }: ExperimentResult): Figure {
  const { points } = derivativeError;
  const agreement = 10 ** -(comparison.methods.at(-1)?.digits ?? 0);
  const errors = points.flatMap((point) => methods.map(({ error }) => Math.max(point[error], rounding)));
  const highest = Math.max(1, ...errors);
  const svg = draw({
    ariaLabel: "Relative error of the hypergradient against the inner tolerance",
    width: 900,
    height: 380,
    marginLeft: 56,
    marginTop: 32,
    marginBottom: 40,
    x: {
      type: "log",
      reverse: true,
      label: "inner tolerance (tighter →)",
      ticks: points.map(({ tolerance }) => tolerance),
      tickFormat: formatTick,
    },
    y: {
      type: "log",
      label: "↑ relative error of the hypergradient",
      grid: true,
      domain: [Math.min(...errors, agreement), highest],
      ticks: powersBetween(Math.min(...errors), highest),
      tickFormat: formatTick,
    },
    marks: [
      Plot.ruleY([Math.max(agreement, rounding)], { stroke: colours.muted, strokeDasharray: "5 4" }),
      ...methods.flatMap(({ label, colour, error }) => {
        const data = points.map((point) => ({ ...point, y: Math.max(point[error], rounding) }));
        const title = (point: (typeof data)[number]): string =>
          `${label}\ntolerance ${formatPower(point.tolerance, 0)}, ${point.iterations} iterations\n` +
          `relative error ${formatPower(point[error])}`;
        return [
          Plot.line(data, { x: "tolerance", y: "y", stroke: colour, strokeWidth: 2 }),
          Plot.dot(data, { x: "tolerance", y: "y", fill: colour, r: 3.5, title }),
        ];
      }),
    ],
  });
  return {
    title: "How exact is the derivative when the inner problem is solved loosely?",
    svg,
    keys: [
      ...methods,
      { label: "reference and central differences agree to here", colour: colours.muted, dashed: true },
    ],
    caption:
      "Here the inner solver is accelerated gradient descent, stopped where the norm of the gradient falls below the " +
      "tolerance; the three methods differentiate what it returned. " +
      "Lower is better. Implicit differentiation is as exact as the solution. Unrolling differentiates the iterations, " +
      "whose derivative settles later than the iterates do. One-step keeps only the last iteration and stays off by " +
      "the rate of contraction, however tight the tolerance. The reference is implicit differentiation at a solution " +
      "to rounding error; it is checked by central differences of the validation loss, each inner problem solved anew, " +
      `along ${comparison.checked} penalties: they agree to a relative ${formatPower(agreement)} (dashed).`,
  };
}

import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { GrowthMeasurement } from "../measure/growth.js";
import type { Measurement } from "../measure/measure.js";

/** Every candidate's time as a multiple of ours, a line for each row. */
export function ratioPlot(rows: readonly Measurement[]): string {
  const points = rows.flatMap(({ name, figures }) =>
    figures.map(({ candidate, seconds }) => ({ name, candidate, ratio: seconds / figures[0]!.seconds })),
  );
  return draw({
    ariaLabel: "Time of each candidate as a multiple of Cotangent's",
    width: 960,
    height: 60 + 30 * rows.length,
    marginLeft: 330,
    x: { type: "log", label: "time, Cotangent = 1 →", grid: true, tickFormat: "~g" },
    y: { label: null, domain: rows.map(({ name }) => name) },
    marks: [
      Plot.ruleX([1], { strokeOpacity: 0.5 }),
      Plot.dot(points, { x: "ratio", y: "name", fill: "candidate", r: 5 }),
      Plot.text(points, {
        x: "ratio",
        y: "name",
        text: "candidate",
        dy: -11,
        fontSize: 10,
        fill: "currentColor",
      }),
    ],
  });
}

/** Time against size, both logarithmic. */
export function growthPlot(growths: readonly GrowthMeasurement[]): string {
  const points = growths.flatMap(({ name, points: own }) =>
    own.map(({ size, seconds }) => ({ name, size, milliseconds: seconds * 1e3 })),
  );
  const ends = growths.map(({ name, points: own }) => ({
    name,
    size: own.at(-1)!.size,
    milliseconds: own.at(-1)!.seconds * 1e3,
  }));
  return draw({
    ariaLabel: "Time of a hypergradient against the size of the problem",
    width: 960,
    height: 420,
    marginRight: 330,
    x: { type: "log", label: "size →", tickFormat: "~g" },
    y: { type: "log", label: "↑ milliseconds", grid: true, tickFormat: "~g" },
    marks: [
      Plot.line(points, { x: "size", y: "milliseconds", stroke: "name", strokeWidth: 2 }),
      Plot.dot(points, { x: "size", y: "milliseconds", fill: "name", r: 3 }),
      Plot.text(ends, {
        x: "size",
        y: "milliseconds",
        text: "name",
        dx: 8,
        textAnchor: "start",
        fill: "currentColor",
      }),
    ],
  });
}

/** An SVG element as text: drawn in a document of its own, since Node has none. */
function draw(options: Plot.PlotOptions & { readonly ariaLabel: string }): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  return Plot.plot({ document, style: { fontSize: "12px", overflow: "visible" }, ...options }).outerHTML;
}

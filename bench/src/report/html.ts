import { writeFileSync } from "node:fs";
import type { GrowthMeasurement } from "../measure/growth.js";
import type { Measurement } from "../measure/measure.js";
import { growthPlot, ratioPlot } from "./plots.js";
import { bound, factLine, formatFigure, growthLine } from "./table.js";
import type { Results } from "./json.js";

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 1000px; margin: 40px auto; padding: 0 20px; }
h1 { font-size: 28px; } h2 { font-size: 20px; margin-top: 44px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; border-bottom: 1px solid #8884; text-align: right; vertical-align: top; }
th:first-child, td:first-child { text-align: left; }
.scroll { overflow-x: auto; } .missed { color: #c2410c; font-weight: 600; } .reached { color: #15803d; }
p { color: #666; } svg { max-width: 100%; height: auto; background: none; color: inherit; }`;

/** One page with a table and a plot for each group; it needs no other file and no network. */
export function writeHtml(path: string, { machine, peers, measurements, growths, facts }: Results): void {
  const groups = [...new Set(measurements.map(({ group }) => group))];
  writeFileSync(
    path,
    `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cotangent: benchmarks</title><style>${style}</style></head><body>
<h1>Cotangent and its peers</h1>
<p>${[machine, ...peers].map(escape).join("<br>")}</p>
<p>Candidates of a row took turns in one run. Figures are medians; ± is half of the interquartile range. Plots show the
time of each candidate as a multiple of Cotangent's, on a logarithmic scale: further right is slower.</p>
${groups
  .map((group) =>
    groupSection(
      group,
      measurements.filter((row) => row.group === group),
    ),
  )
  .join("\n")}
${growths.length === 0 ? "" : growthSection(growths)}
${facts.length === 0 ? "" : `<h2>Memory</h2><p>${facts.map((fact) => escape(factLine(fact))).join("<br>")}</p>`}
</body></html>
`,
  );
}

function groupSection(title: string, rows: readonly Measurement[]): string {
  const candidates = [...new Set(rows.flatMap(({ figures }) => figures.map(({ candidate }) => candidate)))];
  const head = ["", "unit", ...candidates, "to reach"].map((cell) => `<th>${escape(cell)}</th>`).join("");
  const body = rows.map((row) => {
    const cells = candidates.map((name) => {
      const found = row.figures.find(({ candidate }) => candidate === name);
      return found
        ? `${formatFigure(found.figure)} <small>±${(100 * found.spread).toFixed(0)} %</small>`
        : "";
    });
    const verdict = row.reached === undefined ? "" : row.reached ? "reached" : "missed";
    const reach = `<span class="${verdict}">${escape(bound(row))} ${verdict}</span>`;
    return `<tr>${[escape(row.name), escape(row.unit), ...cells, reach].map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  return `<h2>${escape(title)}</h2>
<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>
${ratioPlot(rows)}`;
}

function growthSection(growths: readonly GrowthMeasurement[]): string {
  return `<h2>Growth of a hypergradient</h2>
<p>${growths.map((growth) => escape(growthLine(growth))).join("<br>")}</p>
${growthPlot(growths)}`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

import { formatNumber } from "./format.js";
import { htmlFigure } from "./figure.js";
import { htmlTable } from "./html-table.js";
import { escapeHtml } from "./html.js";
import { machine, versions } from "./machine.js";
import { overview } from "./overview.js";
import { derivativeErrorPlot } from "./plots/derivative-error-plot.js";
import { gridPlot } from "./plots/grid-plot.js";
import { lossPlot } from "./plots/loss-plot.js";
import { penaltyPlot } from "./plots/penalty-plot.js";
import { problem } from "./problem.js";
import { hypergradientTable, modelTable, residualTable } from "./rows.js";
import { style } from "./style.js";
import type { ExperimentResult } from "../tuning/result.js";

/** The report: one HTML page that needs no other file and no network. */
export function reportPage(result: ExperimentResult): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cotangent: penalties for ${escapeHtml(result.data.target)}</title>
<style>${style}</style>
</head>
<body><main>
${overview(result)}
<h2>One penalty against one per feature</h2>
${htmlTable(modelTable(result))}
<div class="pair" style="margin-top: 20px">
${htmlFigure(gridPlot(result))}
${htmlFigure(lossPlot(result))}
</div>
${htmlFigure(penaltyPlot(result))}
<h2>Can the derivative be trusted?</h2>
${htmlTable(hypergradientTable(result))}
<p class="note">${comparisonNote(result)}</p>
${htmlTable(residualTable(result))}
<p class="note">The largest of the run. A derivative is as exact as the two solves behind it: the inner problem, whose
solution is differentiated, and the linear system of the backward pass.</p>
${htmlFigure(derivativeErrorPlot(result))}
${problem(result)}
<footer>
<p>${escapeHtml(versions())}. ${escapeHtml(machine())}.</p>
<p>The computations took ${result.seconds.toFixed(1)} s on one thread. Equal seeds give equal numbers, except for the
times.</p>
</footer>
</main></body>
</html>
`;
}

function comparisonNote({ comparison, grid, data }: ExperimentResult): string {
  const all = comparison.checked === data.features.length;
  return (
    `All at the best single penalty, ${formatNumber(grid.points[grid.best]!.penalty)}, for the gradient of the ` +
    `validation loss in the log-penalties. Times include the inner solves and are medians after a ` +
    `run to warm up. Agreement is −log₁₀ of the relative distance to the implicit ` +
    `hypergradient${all ? "" : `; central differences were taken along ${comparison.checked} penalties only`}. ` +
    "Central differences (of step 10⁻⁴ in the log-penalty) have an error of their own, which limits their agreement."
  );
}

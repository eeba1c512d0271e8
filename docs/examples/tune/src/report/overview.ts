import type { ExperimentResult } from "../tuning/result.js";
import { formatDigits, formatNumber, formatPercent, formatTime, plural } from "./format.js";
import { escapeHtml } from "./html.js";

/** The heading, what was done in two sentences, and the four numbers to remember. */
export function overview(result: ExperimentResult): string {
  const { data, parts, seed, single, tuned, comparison } = result;
  const name = escapeHtml(data.name);
  const target = escapeHtml(data.target);
  const count = data.features.length;
  const classification = data.task === "classification";
  const scores = classification
    ? `${(100 * single.testScore).toFixed(1)} → ${formatPercent(tuned.testScore)}`
    : `${single.testScore.toFixed(3)} → ${tuned.testScore.toFixed(3)}`;
  const implicit = comparison.methods[0]!;
  const differences = comparison.methods.at(-1)!;
  const tiles = [
    [
      `${single.validationLoss.toPrecision(3)} → ${tuned.validationLoss.toPrecision(3)}`,
      "validation loss, from one penalty to separate ones",
    ],
    [scores, `test ${classification ? "accuracy" : "R²"}, on rows that chose nothing`],
    [formatTime(implicit.milliseconds), `one hypergradient (all ${count} derivatives, with its inner solve)`],
    [formatDigits(differences.digits ?? 0), "agreement with central differences"],
  ];
  return `<h1>${plural(count, "penalty", "penalties")} for ${target}, tuned by gradient</h1>
<p class="lede">A ${classification ? "logistic" : "linear"} regression on ${name}: ${data.rows} rows,
${plural(count, "feature")}, split by seed ${seed} into ${parts.training} training, ${parts.validation} validation and
${parts.test} test rows. Every feature has a penalty of its own, and all of them are chosen by gradient descent through
the solution of the training problem. ${verdict(result)}</p>
<div class="tiles">${tiles.map(([value, label]) => `<div class="tile"><b>${value!}</b><span>${label!}</span></div>`).join("")}</div>`;
}

/** The test rows have the last word. */
function verdict({ single, tuned }: ExperimentResult): string {
  const [before, after] = [formatNumber(single.testLoss), formatNumber(tuned.testLoss)];
  if (before === after) return `On the test rows the loss stayed at ${before}.`;
  return tuned.testLoss < single.testLoss
    ? `On the test rows this lowered the loss from ${before} to ${after}.`
    : `On the test rows this <em>raised</em> the loss from ${before} to ${after}: the penalties suit the validation rows
too closely.`;
}

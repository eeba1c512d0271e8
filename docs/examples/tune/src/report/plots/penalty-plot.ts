import * as Plot from "@observablehq/plot";
import type { ExperimentResult, FeaturePenalty } from "../../tuning/result.js";
import type { Figure } from "../figure.js";
import { formatNumber } from "../format.js";
import { colours, draw } from "./draw.js";
import { formatTick, powerAbove, powerBelow, powersBetween } from "./powers.js";

/** More rows than this are not read. */
const mostFeatures = 60;
const longestName = 30;

/** The penalty of each feature, from the single one to its own. */
export function penaltyPlot({ penalties }: ExperimentResult): Figure {
  const shown = mostMoved(penalties);
  const names = new Map(shown.map(({ feature }) => [feature, shorten(feature)]));
  const width = 900;
  const marginLeft = 20 + 7 * Math.max(...[...names.values()].map((name) => name.length));
  const describe = (p: FeaturePenalty): string =>
    `${p.feature}\npenalty ${formatNumber(p.single)} → ${formatNumber(p.tuned)}\n` +
    `weight ${formatNumber(p.singleWeight)} → ${formatNumber(p.tunedWeight)}`;
  const all = shown.flatMap(({ single, tuned }) => [single, tuned]);
  const domain = [powerBelow(Math.min(...all)), powerAbove(Math.max(...all))] as const;
  const svg = draw({
    ariaLabel: "Penalty per feature before and after tuning",
    width,
    height: 60 + 19 * shown.length,
    marginLeft,
    marginTop: 12,
    marginBottom: 40,
    x: {
      type: "log",
      label: "penalty →",
      grid: true,
      domain,
      ticks: powersBetween(domain[0], domain[1]),
      tickFormat: formatTick,
    },
    y: {
      label: null,
      domain: shown.map(({ feature }) => feature),
      tickFormat: (feature: string) => names.get(feature) ?? feature,
      tickSize: 0,
    },
    marks: [
      Plot.ruleX([shown[0]!.single], { stroke: colours.single, strokeWidth: 2 }),
      Plot.ruleY(shown, { x1: "single", x2: "tuned", y: "feature", stroke: colours.muted, strokeWidth: 1.5 }),
      Plot.dot(shown, { x: "tuned", y: "feature", fill: colours.tuned, r: 5, title: describe }),
    ],
  });
  const omitted = penalties.length - shown.length;
  return {
    title: "The penalty of each feature",
    svg,
    keys: [
      { label: "best single penalty", colour: colours.single },
      { label: "tuned penalty", colour: colours.tuned },
    ],
    caption:
      "A dot to the right of the line: the validation rows want this feature held back more than the average, which " +
      "pulls its weight to zero. To the left: it may act more freely. The longer the stroke, the further its penalty " +
      "moved. Hold the pointer over a dot for its numbers. Features that carry the same information can trade " +
      `their penalties, so a single dot is no measure of importance.${
        omitted > 0 ? ` The ${omitted} features whose penalty moved least are left out.` : ""
      }`,
  };
}

/** Sorted from the least penalty to the largest. */
function mostMoved(penalties: readonly FeaturePenalty[]): FeaturePenalty[] {
  const move = ({ single, tuned }: FeaturePenalty): number => Math.abs(Math.log(tuned / single));
  const chosen = [...penalties].sort((a, b) => move(b) - move(a)).slice(0, mostFeatures);
  return chosen.sort((a, b) => a.tuned - b.tuned);
}

const shorten = (name: string): string =>
  name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;

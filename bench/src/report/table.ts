import type { FoundFact } from "../facts/fact.js";
import { withinGrowth, type GrowthMeasurement } from "../measure/growth.js";
import type { Measurement } from "../measure/measure.js";

/** One line for each row: every candidate's figure, and whether ours is where it must be. */
export function line(row: Measurement): string {
  const cells = row.figures.map(
    ({ candidate, figure, spread }) => `${candidate} ${formatFigure(figure)} ±${(100 * spread).toFixed(0)} %`,
  );
  const verdict = row.reached === undefined ? "" : row.reached ? " reached" : " MISSED";
  const wanted = row.reach ? `  [${bound(row)}${verdict}]` : "";
  return `  ${row.name.padEnd(46)} ${row.unit.padEnd(8)} ${cells.join("  |  ")}${wanted}`;
}

/** What our figure must reach, as text; empty where nothing must be. */
export function bound({ reach, rising }: Measurement): string {
  if (reach === undefined) return "";
  return `${rising ? "≥" : "≤"} ${"of" in reach ? `${String(reach.times)} × ${reach.of}` : String(reach.figure)}`;
}

/** One line for each growth: its slope, and the algorithm's. */
export function growthLine(growth: GrowthMeasurement): string {
  const { name, points, slope, atMost } = growth;
  const times = points.map(({ size, seconds }) => `${String(size)}: ${formatFigure(seconds * 1e3)} ms`);
  const verdict = withinGrowth(growth) ? "reached" : "MISSED";
  return `${name}: ${times.join(", ")}; slope ${slope.toFixed(2)} [≤ ${String(atMost)} ${verdict}]`;
}

/** One line for each fact. */
export function factLine({ name, unit, figure, atMost }: FoundFact): string {
  const verdict = figure <= atMost ? "reached" : "MISSED";
  return `${name}: ${formatFigure(figure)} ${unit} [≤ ${String(atMost)} ${verdict}]`;
}

/** Three significant digits. */
export function formatFigure(figure: number): string {
  return figure >= 1000 ? figure.toFixed(0) : figure.toPrecision(3);
}

import type { Measurement } from "../measure/measure.js";

/** One line for each row: every candidate's figure, and whether ours is where it must be. */
export function line({ name, unit, figures, reach, reached, rising }: Measurement): string {
  const cells = figures.map(
    ({ candidate, figure, spread }) => `${candidate} ${formatFigure(figure)} ±${(100 * spread).toFixed(0)} %`,
  );
  const sign = rising ? "≥" : "≤";
  const bound = reach && ("of" in reach ? `${String(reach.times)} × ${reach.of}` : String(reach.figure));
  const verdict = reached === undefined ? "" : reached ? " reached" : " MISSED";
  const wanted = bound === undefined ? "" : `  [${sign} ${bound}${verdict}]`;
  return `  ${name.padEnd(44)} ${unit.padEnd(8)} ${cells.join("  |  ")}${wanted}`;
}

/** Three significant digits. */
export function formatFigure(figure: number): string {
  return figure >= 1000 ? figure.toFixed(0) : figure.toPrecision(3);
}

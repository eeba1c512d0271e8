import type { TextTable } from "../report/rows.js";

/** Columns as wide as their longest cell: the first to the left, the others, which are numbers, to the right. */
export function textTable(table: TextTable): string {
  const widths = (table[0] ?? []).map((_, j) => Math.max(...table.map((row) => (row[j] ?? "").length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, j) => (j === 0 ? cell.padEnd(widths[j]!) : cell.padStart(widths[j]!))).join("   ");
  const rule = widths.map((width) => "─".repeat(width)).join("   ");
  const [head, ...body] = table.map(line);
  return [head, rule, ...body].join("\n");
}

import { InputError, quote } from "../errors.js";
import type { CsvTable } from "./csv.js";

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const missing = /^(|na|n\/a|nan|null|none|\?|-|[+-]?inf(inity)?)$/i;

/** Is the text a finite decimal number? */
export function isNumber(text: string): boolean {
  return decimal.test(text) && Number.isFinite(Number(text));
}

/**
 * One column as numbers.
 *
 * @throws InputError that names the line and the column of the first cell that is missing or not a number
 */
export function numericColumn(table: CsvTable, index: number): Float64Array {
  return Float64Array.from(table.rows, ({ line, cells }) => {
    const text = cells[index]!;
    if (isNumber(text)) return Number(text);
    throw new InputError(`${cellAt(table, line, index)}: ${describe(text)}`);
  });
}

/** The labels of a column; a missing one is an error here too. */
export function labelColumn(table: CsvTable, index: number): string[] {
  return table.rows.map(({ line, cells }) => {
    const text = cells[index]!;
    if (missing.test(text)) throw new InputError(`${cellAt(table, line, index)}: ${describe(text)}`);
    return text;
  });
}

const cellAt = (table: CsvTable, line: number, index: number): string =>
  `${table.name}, line ${line}, column ${quote(table.columns[index]!)}`;

function describe(text: string): string {
  if (text === "") return "the value is missing; fill it or remove the row";
  if (missing.test(text) || decimal.test(text)) {
    return `${quote(text)} is not a finite number; fill it or remove the row`;
  }
  return `${quote(text)} is not a number; encode text as numbers or remove the column`;
}

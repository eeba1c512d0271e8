import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "csv-parse/sync";
import { InputError, quote } from "../errors.js";

/** A file of text cells under named columns. */
export interface CsvTable {
  /** The name of the file, without its folder. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/** One row, with as many cells as there are columns, and its line in the file. */
interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads a CSV file: a line of column names, then rows of as many cells. Commas, semicolons and tabs separate cells
 * (the one that the first line has most of), quotes enclose them (RFC 4180).
 *
 * @throws InputError for a file that cannot be read, is empty or is not a table
 */
export function readCsv(path: string): CsvTable {
  return parseCsv(basename(path), read(path));
}

/** The same for the text of a file. */
export function parseCsv(name: string, text: string): CsvTable {
  const [header, ...rows] = parseRecords(name, text);
  if (header === undefined) throw new InputError(`${name} is empty`);
  const columns = header.cells;
  checkColumns(name, columns);
  if (rows.length === 0) throw new InputError(`${name} has column names but no rows`);
  for (const { line, cells } of rows) {
    if (cells.length !== columns.length) {
      throw new InputError(
        `${name}, line ${line}: the first line names ${columns.length} columns, but this one has ${cells.length}`,
      );
    }
  }
  return { name, columns, rows };
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code =
      typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error);
    const reasons = new Map([
      ["ENOENT", "there is no such file"],
      ["EISDIR", "it is a folder"],
      ["EACCES", "no permission"],
    ]);
    throw new InputError(`cannot read ${quote(path)}: ${reasons.get(code) ?? code}`);
  }
}

function parseRecords(name: string, text: string): CsvRow[] {
  const lines: number[] = [];
  try {
    const records = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      // Uneven rows are reported by parseCsv, which names the line.
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (record: string[], context) => {
        lines.push(context.lines);
        return record;
      },
    });
    return records.map((cells, i) => ({ line: lines[i]!, cells }));
  } catch (error) {
    const reason = error instanceof Error ? error.message.replaceAll(/\s+/g, " ") : String(error);
    throw new InputError(`${name} is not a CSV file: ${reason}`);
  }
}

/** The separator that the first line has most of; the comma where it has none. */
function delimiterOf(text: string): string {
  const first = /\S.*/.exec(text)?.[0] ?? "";
  const count = (delimiter: string): number => first.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, next) => (count(next) > count(best) ? next : best));
}

function checkColumns(name: string, columns: readonly string[]): void {
  columns.forEach((column, i) => {
    if (column === "") throw new InputError(`${name}: column ${i + 1} has no name in the first line`);
    if (columns.indexOf(column) < i) throw new InputError(`${name}: two columns are named ${quote(column)}`);
  });
}

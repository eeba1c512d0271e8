import { InputError, quote, quoteAll } from "../errors.js";
import type { CsvTable } from "./csv.js";
import type { Dataset, Task } from "./dataset.js";
import { isNumber, labelColumn, numericColumn } from "./numbers.js";

/** So that each of the three parts has at least two rows (of each class). */
const fewestRows = 10;

/**
 * Checks a table and turns it into numbers: every column but the target is a feature. Without a task, a target with
 * two values is classified, and one of numbers otherwise is regressed.
 *
 * @throws InputError for a missing target, text or missing numbers in a feature, a constant column, too few rows
 */
export function prepare(table: CsvTable, target: string, task?: Task): Dataset {
  const index = table.columns.indexOf(target);
  if (index < 0) {
    throw new InputError(
      `${table.name} has no column ${quote(target)}; its columns are ${quoteAll(table.columns)}`,
    );
  }
  if (table.columns.length < 2) throw new InputError(`${table.name} has no feature beside the target`);
  if (table.rows.length < fewestRows) {
    throw new InputError(
      `${table.name} has ${table.rows.length} rows; training, validation and test need at least ${fewestRows} together`,
    );
  }
  const labels = labelColumn(table, index);
  const features = table.columns.filter((_, i) => i !== index);
  const common = { name: table.name, target, features, rows: table.rows.length };
  return inferTask(labels, task) === "classification"
    ? { ...common, ...classes(table, target, labels), x: featureMatrix(table, index) }
    : { ...common, ...response(table, target, index), x: featureMatrix(table, index) };
}

function inferTask(labels: readonly string[], task: Task | undefined): Task {
  if (task !== undefined) return task;
  const distinct = new Set(labels);
  return distinct.size > 2 && labels.some(isNumber) ? "regression" : "classification";
}

function classes(
  table: CsvTable,
  target: string,
  labels: readonly string[],
): Pick<Dataset, "task" | "classes" | "y"> {
  const distinct = [...new Set(labels)].sort(compareLabels);
  const [zero, one] = distinct;
  const column = `${table.name}, target ${quote(target)}`;
  if (zero === undefined || one === undefined) {
    throw new InputError(`${column} is constant (${quoteAll(distinct)}); two classes are needed`);
  }
  if (distinct.length > 2) {
    const advice = distinct.every(isNumber) ? "; pass --task regression for a number" : "";
    throw new InputError(
      `${column} has ${distinct.length} classes (${quoteAll(distinct)}), not two${advice}`,
    );
  }
  for (const label of [zero, one]) {
    const count = labels.filter((other) => other === label).length;
    if (count < fewestRows / 2) {
      throw new InputError(
        `${column}: class ${quote(label)} has ${count} rows, fewer than ${fewestRows / 2}`,
      );
    }
  }
  return {
    task: "classification",
    classes: [zero, one],
    y: Float64Array.from(labels, (label) => (label === one ? 1 : 0)),
  };
}

/** Numbers by value, other labels by code point: the order does not depend on the machine's language. */
function compareLabels(a: string, b: string): number {
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function response(table: CsvTable, target: string, index: number): Pick<Dataset, "task" | "classes" | "y"> {
  const y = numericColumn(table, index);
  if (isConstant(y)) {
    throw new InputError(`${table.name}, target ${quote(target)} is constant (always ${y[0]!})`);
  }
  return { task: "regression", classes: undefined, y };
}

function featureMatrix(table: CsvTable, target: number): Float64Array {
  const columns = table.columns.flatMap((name, i) => {
    if (i === target) return [];
    const column = numericColumn(table, i);
    if (isConstant(column)) {
      throw new InputError(
        `${table.name}, column ${quote(name)} is constant (always ${column[0]!}); remove it`,
      );
    }
    return [column];
  });
  const x = new Float64Array(table.rows.length * columns.length);
  columns.forEach((column, j) => column.forEach((value, i) => (x[i * columns.length + j] = value)));
  return x;
}

const isConstant = (column: Float64Array): boolean => column.every((value) => value === column[0]);

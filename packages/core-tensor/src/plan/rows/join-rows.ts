import type { Prepared } from "../../primitives/primitive.js";
import type { PlanDescription, SlotView, StepDescription } from "../description.js";
import { PART } from "../vector/slots.js";
import { rowsOf } from "./rows-of-steps.js";
import { rowStep, type RowStep } from "./row-step.js";

/** Steps over fewer elements are quick as they are. */
const SMALLEST = 128;

/** So many values fit a module: a page may refuse to compile much at once. */
const MOST_VALUES = 200;

/** Neighbouring steps that go along the same rows, or through their elements. */
interface Run {
  readonly steps: StepDescription[];
  readonly rows: RowStep[];
}

/**
 * Neighbouring steps along the same short rows become one, which goes through memory once: a row is read, sorted, added up,
 * reduced, and what it was reduced to is read by all of its elements again, while it is in the caches.
 */
export function joinRows(description: PlanDescription): PlanDescription {
  const { steps, results } = description;
  const readers = new Map<number, number>();
  const count = ({ slot }: SlotView): unknown => readers.set(slot, (readers.get(slot) ?? 0) + 1);
  for (const step of steps) step.inputs.forEach(count);
  results.forEach(count);

  const joined: StepDescription[] = [];
  let run: Run = { steps: [], rows: [] };
  const end = (): void => {
    for (const step of isWorthJoining(run) ? [join(run, readers)] : run.steps) joined.push(step);
    run = { steps: [], rows: [] };
  };
  for (const step of steps) {
    const row = rowStep(step);
    if (row === undefined || !fits(row, run.rows)) end();
    if (row === undefined) joined.push(step);
    else {
      run.steps.push(step);
      run.rows.push(row);
    }
  }
  end();
  return { ...description, steps: joined };
}

function fits({ size, length }: RowStep, run: readonly RowStep[]): boolean {
  const [first] = run;
  if (first === undefined) return true;
  if (run.reduce((values, { does }) => values + countOf(does), 0) > MOST_VALUES) return false;
  const known = lengthOf(run);
  if (size !== first.size) return length === undefined && known !== undefined && size * known === first.size;
  return length === undefined || known === undefined || length === known;
}

function countOf(does: RowStep["does"]): number {
  return typeof does === "string" ? 1 : does.values.length;
}

function lengthOf(run: readonly RowStep[]): number | undefined {
  return run.find(({ length }) => length !== undefined)?.length;
}

function isWorthJoining({ rows }: Run): boolean {
  const length = lengthOf(rows);
  if (length === undefined || length === 0 || length > PART || rows[0]!.size < SMALLEST) return false;
  return rows.length > 1 || typeof rows[0]!.does === "string";
}

/** The run as one step, whose inputs and outputs are those that others have to do with. */
function join({ steps, rows }: Run, readers: ReadonlyMap<number, number>): StepDescription {
  const made = new Map<number, SlotView>();
  const read = new Map<number, SlotView>();
  const within = new Map<number, number>();
  for (const { inputs, outputs } of rows) {
    for (const view of inputs) {
      within.set(view.slot, (within.get(view.slot) ?? 0) + 1);
      if (!made.has(view.slot)) read.set(view.slot, view);
    }
    for (const view of outputs) made.set(view.slot, view);
  }
  const inputs = [...read.values()];
  const outputs = [...made.values()].filter(({ slot }) => readers.get(slot) !== within.get(slot));
  const shape = { size: rows[0]!.size, length: lengthOf(rows)! };
  let run: Prepared | undefined;
  const prepare = (): Prepared => (run ??= rowsOf(steps, rows, shape, inputs, outputs));
  return { name: "rows", inputs, outputs, prepare };
}

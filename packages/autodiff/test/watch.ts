import { jest } from "@jest/globals";
import { Plan } from "@cotangent/core-tensor/plan";
import { ProgramTrace } from "../src/program/program-trace.js";
import { countOperations } from "./count-operations.js";

/** What was done while a function ran. */
export interface Watched {
  /** Operations written to programs: what it costs to find out whether functions are still the same. */
  readonly recorded: number;
  /** Plans that had never run before. */
  readonly compiled: number;
  /** Runs of plans. */
  readonly plans: number;
  /** Operations run one by one. */
  readonly eager: number;
}

const known = new WeakSet<Plan>();

/** Counts what a function does. */
export function watch(body: () => unknown): Watched {
  const runs = jest.spyOn(Plan.prototype, "run");
  const records = jest.spyOn(ProgramTrace.prototype, "process");
  try {
    const eager = countOperations(body).calls;
    const contexts = runs.mock.contexts as Plan[];
    const compiled = [...new Set(contexts)].filter((plan) => !known.has(plan)).length;
    for (const plan of contexts) known.add(plan);
    return { recorded: records.mock.calls.length, compiled, plans: contexts.length, eager };
  } finally {
    runs.mockRestore();
    records.mockRestore();
  }
}

import { resolve } from "node:path";
import { CotangentError } from "@cotangent/core-tensor";
import { readCsv } from "../data/csv.js";
import { prepare } from "../data/prepare.js";
import { InputError } from "../errors.js";
import { writeReport } from "../report/write-report.js";
import { runExperiment, type ExperimentOptions } from "../tuning/experiment.js";
import type { Progress } from "../tuning/progress.js";
import { checkWritable } from "./check-writable.js";
import { exitCodes } from "./exit-codes.js";
import { parseOptions } from "./options.js";
import { progressOn, type Output } from "./progress.js";
import { summary } from "./summary.js";

/** Where the program's text goes. */
export interface Streams {
  readonly out: Output;
  readonly err: Output;
}

/**
 * The program: command-line arguments -> exit code. What goes wrong is one line on the error stream. `size` makes the
 * run smaller, for tests.
 */
export function run(args: readonly string[], { out, err }: Streams, size: Size = {}): number {
  try {
    tuneFromCommandLine(args, out, size);
    return exitCodes.success;
  } catch (error) {
    err.write(`error: ${describe(error)}\n`);
    return error instanceof InputError ? exitCodes.badInput : exitCodes.failure;
  }
}

type Size = Omit<ExperimentOptions, "seed">;

function tuneFromCommandLine(args: readonly string[], out: Output, size: Size): void {
  const options = parseOptions(args, (text) => out.write(text));
  if (options === undefined) return;
  checkWritable(options.out);
  const data = prepare(readCsv(options.data), options.target, options.task);
  const result = withProgress(out, (progress) =>
    runExperiment(data, progress, { ...size, seed: options.seed }),
  );
  writeReport(options.out, result);
  out.write(`${summary(result)}\nreport: ${resolve(options.out)}\n`);
}

/** Leaves the screen in order, also after an error. */
function withProgress<T>(out: Output, body: (progress: Progress) => T): T {
  const progress = progressOn(out);
  try {
    return body(progress);
  } finally {
    progress.finish();
  }
}

/** Failures on purpose explain themselves; others are bugs, for which the place matters. */
function describe(error: unknown): string {
  if (error instanceof InputError || error instanceof CotangentError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

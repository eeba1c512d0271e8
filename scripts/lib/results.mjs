import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

const directory = join(root, "node_modules", ".cotangent");

/** Exit code of a check that could not run for want of something that is not essential, and said so. */
export const SKIPPED = 77;

/** Where the results of one kind of check are kept, for the count at the end of .ci/run. */
export const resultsFile = (name) => join(directory, `${name}.json`);

export function record(name, results) {
  mkdirSync(directory, { recursive: true });
  writeFileSync(resultsFile(name), JSON.stringify(results));
}

/** Undefined where there is none: the check did not get that far. */
export function recall(name) {
  try {
    return JSON.parse(readFileSync(resultsFile(name), "utf8"));
  } catch {
    return undefined;
  }
}

export function forget(...names) {
  for (const name of names) rmSync(resultsFile(name), { force: true });
}

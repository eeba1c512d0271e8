import { writeFileSync } from "node:fs";
import { reportPage } from "./page.js";
import type { ExperimentResult } from "../tuning/result.js";

/** Writes the report to a file, which is replaced if it exists. */
export function writeReport(path: string, result: ExperimentResult): void {
  writeFileSync(path, reportPage(result));
}

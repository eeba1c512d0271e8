import { writeFileSync } from "node:fs";
import type { GrowthMeasurement } from "../measure/growth.js";
import type { Measurement } from "../measure/measure.js";

/** Everything that a run found out. */
export interface Results {
  readonly machine: string;
  readonly peers: readonly string[];
  readonly measurements: readonly Measurement[];
  readonly growths: readonly GrowthMeasurement[];
}

export function writeJson(path: string, results: Results): void {
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
}

import { writeFileSync } from "node:fs";
import type { FoundFact } from "../facts/fact.js";
import type { GrowthMeasurement } from "../measure/growth.js";
import type { Measurement } from "../measure/measure.js";

/** Everything that a run found out. */
export interface Results {
  readonly machine: string;
  readonly peers: readonly string[];
  readonly measurements: readonly Measurement[];
  readonly growths: readonly GrowthMeasurement[];
  readonly facts: readonly FoundFact[];
}

export function writeJson(path: string, results: Results): void {
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
}

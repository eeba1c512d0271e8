import { readFileSync } from "node:fs";
import { tensor, type Tensor } from "@cotangent/core-tensor";

/** Rows of samples with their targets. */
export interface Samples {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** The last column is the target. Source: see docs/examples/tune/data/README.md */
const file = new URL("../../docs/examples/tune/data/diabetes.csv", import.meta.url);
const TRAINING = 300;

/** Efron et al.'s diabetes data, 442 x 10, every column standardised: the first 300 samples, and the others. */
export function diabetes(): { readonly train: Samples; readonly validation: Samples } {
  const rows = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));
  const all = tensor(rows);
  const standard = all.sub(all.mean({ axis: 0 })).div(all.std({ axis: 0 }));
  const part = (from: number, to: number): Samples => ({
    x: standard.slice([from, to], [0, -1]),
    y: standard.slice([from, to], -1),
  });
  return { train: part(0, TRAINING), validation: part(TRAINING, rows.length) };
}

import { tensor, type Tensor } from "@cotangent/core-tensor";
import type { Part } from "../data/standardise.js";

/** The features with a last column of ones, for the intercept: rows x (features + 1). */
export function designMatrix({ rows, x }: Part): Tensor {
  const features = x.length / rows;
  const values = new Float64Array(rows * (features + 1)).fill(1);
  for (let i = 0; i < rows; i++) {
    values.set(x.subarray(i * features, (i + 1) * features), i * (features + 1));
  }
  return tensor(values, { shape: [rows, features + 1] });
}

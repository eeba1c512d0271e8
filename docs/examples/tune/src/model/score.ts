import { matmul, type Tensor } from "@cotangent/core-tensor";
import type { Part } from "../data/standardise.js";
import { designMatrix } from "./design.js";

/** The share of rows whose class is predicted: class 1 where z > 0. */
export function accuracy(part: Part, x: Tensor): number {
  const z = matmul(designMatrix(part), x).toTypedArray();
  const right = part.y.filter((label, i) => z[i]! > 0 === (label === 1));
  return right.length / part.rows;
}

/** The root of the mean squared error. */
export function rootMeanSquaredError(part: Part, x: Tensor): number {
  const z = matmul(designMatrix(part), x).toTypedArray();
  return Math.sqrt(part.y.reduce((sum, y, i) => sum + (z[i]! - y) ** 2, 0) / part.rows);
}

/** 1 - (squared error) / (squared error of the part's own mean): 1 is perfect, 0 no better than a constant. */
export function rSquared(part: Part, x: Tensor): number {
  const mean = part.y.reduce((sum, y) => sum + y, 0) / part.rows;
  const spread = part.y.reduce((sum, y) => sum + (y - mean) ** 2, 0) / part.rows;
  return 1 - rootMeanSquaredError(part, x) ** 2 / spread;
}

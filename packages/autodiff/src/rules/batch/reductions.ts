import { alongAxis, reduction } from "./families.js";
import { matmulBatch } from "./matmul.js";
import type { BatchRule } from "./rule.js";

type ReductionName = "sum" | "max" | "min" | "cumsum" | "argsort" | "matmul";

/** Reductions, scans and products. */
export const reductionBatch: { readonly [P in ReductionName]: BatchRule<P> } = {
  sum: reduction,
  max: reduction,
  min: reduction,
  cumsum: alongAxis,
  argsort: alongAxis,
  matmul: matmulBatch,
};

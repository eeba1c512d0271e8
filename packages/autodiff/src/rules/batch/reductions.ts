import { primitives as p } from "../rule.js";
import { alongAxis, reduction } from "./families.js";
import { matmulBatch } from "./matmul.js";
import type { BatchRule } from "./rule.js";

type ReductionName = "sum" | "max" | "min" | "cumsum" | "argsort" | "matmul";

/** Reductions, scans and products. */
export const reductionBatch: { readonly [P in ReductionName]: BatchRule<P> } = {
  sum: reduction(p.sum),
  max: reduction(p.max),
  min: reduction(p.min),
  cumsum: alongAxis(p.cumsum),
  argsort: alongAxis(p.argsort),
  matmul: matmulBatch,
};

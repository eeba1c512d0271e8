import type { PrimitiveName } from "@cotangent/core-tensor";
import { elementwiseBatch } from "./elementwise.js";
import { layoutBatch } from "./layout.js";
import { linalgBatch } from "./linalg.js";
import { randomBatch } from "./random.js";
import { reductionBatch } from "./reductions.js";
import type { BatchRule } from "./rule.js";

/** Every primitive on a batch. The type is total: a primitive without a rule does not compile. */
export const batchRules: { readonly [P in PrimitiveName]: BatchRule<P> } = {
  ...elementwiseBatch,
  ...reductionBatch,
  ...layoutBatch,
  ...linalgBatch,
  ...randomBatch,
};

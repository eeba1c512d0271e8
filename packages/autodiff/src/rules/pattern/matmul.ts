import { broadcastTo, expandDims } from "@cotangent/core-tensor";
import { unionOver } from "./families.js";
import type { PatternRule } from "./rule.js";

/** A row of A B depends on that row of A, or a column on that column of B: no number of the other factor counts as zero. */
export const matmul: PatternRule<"matmul"> = ({
  sets: [a, b],
  params: { transposeA, transposeB },
  shape,
  pool,
}) => {
  if (a !== null && a !== undefined) {
    const rows = unionOver(a, [a.ndim - (transposeA ? 2 : 1)], pool);
    return broadcastTo(expandDims(rows, -1), shape);
  }
  const columns = unionOver(b!, [b!.ndim - (transposeB ? 1 : 2)], pool);
  return broadcastTo(expandDims(columns, -2), shape);
};

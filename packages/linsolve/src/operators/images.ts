import { withTrace, type Origin } from "@cotangent/core-tensor";
import { BatchTrace } from "@cotangent/autodiff";
import type { LinearOperator } from "./operator.js";
import { batchFromRows, leavesIn, rowsOfBatch, treeIn } from "./space.js";

/** What products keep until they are done is needed for all of them at once: not for more than so many unknowns. */
const MOST = 32;

/** A batch that no user asked for. */
const inside: Origin = { name: "vmap", place: () => undefined };

/** The short cut to several products of an operator that replays a tape: one play of a batch. */
export function imagesByBatch(operator: LinearOperator): NonNullable<LinearOperator["images"]> {
  const { domain, codomain, name } = operator;
  const together = (rows: Float64Array, count: number): Float64Array =>
    withTrace(
      (level) => new BatchTrace(level, count, inside),
      (trace) => {
        const batch = batchFromRows(domain, rows, count).map((x) => trace.batch(x));
        const images = leavesIn(codomain, operator.apply(treeIn(domain, batch)), `${name}: result`);
        const wholes = images.map((x) => trace.wholeOf(x));
        return rowsOfBatch(codomain, wholes, count);
      },
    );
  return (rows, count) => {
    if (domain.size > MOST) return undefined;
    try {
      return together(rows, count);
    } catch {
      // A line of the tape that cannot be batched: one product after the other says what is wrong, if anything is.
      return undefined;
    }
  };
}

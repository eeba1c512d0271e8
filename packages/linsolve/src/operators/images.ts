import { vmap } from "@cotangent/autodiff";
import type { LinearOperator } from "./operator.js";
import { batchFromRows, rowsOfBatch } from "./space.js";

/** What products keep until they are done is needed for all of them at once: not for more than so many unknowns. */
const MOST = 32;

/** The short cut to several products of an operator that replays a tape: one play of a batch. */
export function imagesByBatch(operator: LinearOperator): NonNullable<LinearOperator["images"]> {
  const { domain, codomain } = operator;
  const all = domain.size > MOST ? undefined : vmap((x: unknown) => operator.apply(x));
  return (rows, count) => {
    try {
      return all && rowsOfBatch(codomain, all(batchFromRows(domain, rows, count)), count);
    } catch {
      // A line of the tape that cannot be batched: one product after the other says what is wrong, if anything is.
      return undefined;
    }
  };
}

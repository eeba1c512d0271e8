import { tracedOf } from "@cotangent/core-tensor";
import { Routine, tree } from "@cotangent/autodiff";
import type { LinearOperator } from "@cotangent/linsolve";

/** Compiling a tape costs about as much as some dozens of plays of it save. */
const PLAYS = 64;

/**
 * An operator whose products play a tape: each direction is compiled when an iterative method has asked for many products.
 * Under a transformation it is played as it is.
 */
export function replayed(operator: LinearOperator): LinearOperator {
  let made: Routine<[unknown], unknown> | undefined;
  const routine = () => (made ??= new Routine((v: unknown) => operator.apply(v), { after: PLAYS }));
  return {
    ...operator,
    apply: (v) =>
      tree.leaves(v).some((leaf) => tracedOf(leaf) !== undefined) ? operator.apply(v) : routine().call(v),
    transpose: () => replayed(operator.transpose()),
  };
}

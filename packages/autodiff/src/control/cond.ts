import { isTensor, type Tensor } from "@cotangent/core-tensor";
import { branch } from "../compiled/branch.js";
import { jointly } from "../program/jointly.js";
import type { Program } from "../program/program.js";
import { record } from "../program/record.js";
import { isUnknown } from "../program/unknown.js";
import { flatten, unflatten, type Flat } from "../tree/index.js";
import { sameCarry } from "./same-carry.js";
import { checkOneElement, holds } from "./while-loop.js";

/**
 * ifTrue(...operands) or ifFalse(...operands), as the predicate says. Only that one is run, and differentiated. Inside of
 * `jit` both are recorded, as programs, and must return the same structure, shapes and dtypes.
 *
 * @throws TreeError, DTypeError inside of `jit` when the results differ
 * @throws ShapeError for a predicate of more than one element
 * @example
 * ```ts
 * const f = (x: Tensor) => cond(x.greater(0), (y) => y.sqrt(), (y) => y.neg(), x);
 * f(tensor(4)).item(); // => 2
 * grad(f)(-4).item(); // => -1
 * ```
 */
export function cond<A extends readonly unknown[], R>(
  predicate: Tensor | boolean | number,
  ifTrue: (...operands: A) => R,
  ifFalse: (...operands: A) => R,
  ...operands: A
): R {
  if (isTensor(predicate) && isUnknown(predicate)) {
    checkOneElement(predicate, "cond: predicate");
    return eitherOf(
      predicate,
      () => ifTrue(...operands),
      () => ifFalse(...operands),
    );
  }
  return holds(predicate, "cond: predicate") ? ifTrue(...operands) : ifFalse(...operands);
}

/** Both branches as programs of what they close over, the operands included. */
function eitherOf<R>(predicate: Tensor, ifTrue: () => R, ifFalse: () => R): R {
  let first: Flat | undefined;
  const recordings = [ifTrue, ifFalse].map((f) =>
    record(() => {
      const out = f();
      first ??= flatten(out, "cond: result");
      return sameCarry(first, out, "cond: result of ifFalse").leaves;
    }, []),
  );
  const { programs, captures } = jointly(recordings);
  const [yes, no] = programs as [Program, Program];
  return unflatten(first!.structure, branch({ ifTrue: yes, ifFalse: no }, predicate, captures)) as R;
}

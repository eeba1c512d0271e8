import { isTensor, type Tensor } from "@cotangent/core-tensor";
import { branch } from "../compiled/branch.js";
import { jointly } from "../program/jointly.js";
import type { Program } from "../program/program.js";
import { record } from "../program/record.js";
import { isUnknown } from "../program/unknown.js";
import { flatten, unflatten, type Flat } from "../tree/index.js";
import { flattenLike } from "../tree/operations.js";
import { sameCarry } from "./same-carry.js";
import { checkOneElement, truthOf, type TruthOfExamples } from "../batch/truth.js";

/**
 * ifTrue(...operands) or ifFalse(...operands), as the predicate says. Only that one is run, and differentiated. Inside of
 * `jit` both are recorded, as programs, and must return the same structure, shapes and dtypes.
 *
 * Under `vmap` the predicate may differ between examples: then both are run for all, and what they do to an example that is
 * not theirs is dropped. In its place they see the operands of one that is, so pass them what they need as operands.
 * Inside of `jit` it is not known whether there is one, and where there is none they see those of another.
 *
 * @throws TreeError, DTypeError when the results cannot be joined inside of `jit` or `vmap`
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
  const truth = truthOf(predicate, "cond: predicate");
  if (typeof truth === "boolean") return truth ? ifTrue(...operands) : ifFalse(...operands);
  return eachOf(truth, ifTrue, ifFalse, operands);
}

/** Both branches, each for the examples that are its own. */
function eachOf<A extends readonly unknown[], R>(
  truth: TruthOfExamples,
  ifTrue: (...operands: A) => R,
  ifFalse: (...operands: A) => R,
  operands: A,
): R {
  const flat = flatten(operands, "cond: operands");
  let first: Flat | undefined;
  const leavesOf = (f: (...operands: A) => R, where: string) => (leaves: Flat["leaves"]) => {
    const out = f(...(unflatten(flat.structure, leaves) as A));
    first ??= flatten(out, where);
    return flattenLike(first, out, where);
  };
  const leaves = truth.chooseFrom(
    leavesOf(ifTrue, "cond: result of ifTrue"),
    leavesOf(ifFalse, "cond: result of ifFalse"),
    flat.leaves,
  );
  return unflatten(first!.structure, leaves) as R;
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

import type { Tensor } from "@cotangent/core-tensor";
import { flatten, unflatten } from "../tree/index.js";
import { flattenLike } from "../tree/operations.js";
import { truthOf, type TruthOfExamples } from "./truth.js";

/**
 * ifTrue(...operands) or ifFalse(...operands), as the predicate says. Only that one is run, and differentiated. Under
 * `vmap` the predicate may differ between examples: then both are run for all, and what they do to an example that is not
 * theirs is dropped. In its place they see the operands of one that is, so pass them what they need as operands.
 *
 * @throws ShapeError for a predicate of more than one element; TreeError for results that cannot be joined under `vmap`
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
  const truth = truthOf(predicate, "cond: predicate");
  if (typeof truth === "boolean") return truth ? ifTrue(...operands) : ifFalse(...operands);
  const negated = truth.negated;
  if (!negated.somewhere) return ifTrue(...operands);
  if (!truth.somewhere) return ifFalse(...operands);
  const flat = flatten(operands, "cond: operands");
  const own = (examples: TruthOfExamples) => unflatten(flat.structure, examples.confine(flat.leaves)) as A;
  const taken = flatten(ifTrue(...own(truth)), "cond: result of ifTrue");
  const other = flattenLike(taken, ifFalse(...own(negated)), "cond: result of ifFalse");
  return unflatten(taken.structure, truth.choose(taken.leaves, other)) as R;
}

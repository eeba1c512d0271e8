import type { Tensor } from "@cotangent/core-tensor";
import { holds } from "./while-loop.js";

/**
 * ifTrue(...operands) or ifFalse(...operands), as the predicate says. Only that one is run, and differentiated.
 *
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
  return holds(predicate, "cond: predicate") ? ifTrue(...operands) : ifFalse(...operands);
}

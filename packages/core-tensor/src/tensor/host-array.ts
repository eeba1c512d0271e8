import { checkTraced } from "../dispatch/scope.js";
import type { TypedArray } from "../dtype/index.js";
import { UnknownValueError } from "../errors/index.js";
import type { Tensor } from "./tensor.js";

/**
 * The tensor's own array, not a copy: do not write to it, nor transfer its buffer, in which there may be others. Goes down to the primal numbers of a traced tensor, so that
 * ordinary control flow on known values works under every transformation.
 *
 * @example
 * ```ts
 * hostArray(tensor([1, 2]), "example"); // => [1, 2]
 * ```
 */
export function hostArray(x: Tensor, where: string): TypedArray {
  let current = x;
  for (;;) {
    const content = current.content;
    if (ArrayBuffer.isView(content)) return content;
    if (content.trace.held === 0) checkTraced(content, where);
    if (content.primal === undefined) {
      if (content.refusal !== undefined) throw content.refusal(where);
      throw new UnknownValueError(
        `${where}: this value has a shape and a dtype, but no number yet (it is a variable of ${content.trace.name})`,
      );
    }
    current = content.primal;
  }
}

/**
 * As `hostArray`, but of a batch the numbers of all of its examples, one after the other: for checks that every value
 * must pass, such as an index being in range.
 *
 * @example
 * ```ts
 * vmap((x: Tensor) => {
 *   [...allNumbers(x, "example")]; // => [1, 2]
 *   return x;
 * })(tensor([1, 2]));
 * ```
 */
export function allNumbers(x: Tensor, where: string): TypedArray {
  let current = x;
  for (;;) {
    const { content } = current;
    if (ArrayBuffer.isView(content)) return content;
    const next = content.primal ?? content.whole;
    if (next === undefined) return hostArray(current, where);
    if (content.trace.held === 0) checkTraced(content, where);
    current = next;
  }
}

/**
 * As `allNumbers`, or undefined while they are not known: for choices between ways to compute the same.
 *
 * @internal
 */
export function knownNumbers(x: Tensor, where: string): TypedArray | undefined {
  let current = x;
  for (;;) {
    const { content } = current;
    if (ArrayBuffer.isView(content)) return content;
    if (content.whenKnown !== undefined) return undefined;
    if (content.trace.held === 0) checkTraced(content, where);
    const next = content.primal ?? content.whole;
    if (next === undefined) return hostArray(current, where);
    current = next;
  }
}

/**
 * Runs `check` on the numbers that `allNumbers` gives: now, or every time that they become known.
 *
 * @returns whether it was now
 * @example
 * ```ts
 * checkNumbers(tensor([1, 2]), "example", (numbers) => numbers.every((x) => x > 0)); // => true
 * ```
 */
export function checkNumbers(x: Tensor, where: string, check: (numbers: TypedArray) => void): boolean {
  let current = x;
  for (;;) {
    const { content } = current;
    if (ArrayBuffer.isView(content)) {
      check(content);
      return true;
    }
    if (content.trace.held === 0) checkTraced(content, where);
    if (content.whenKnown !== undefined) {
      content.whenKnown(where, check);
      return false;
    }
    const next = content.primal ?? content.whole;
    if (next === undefined) {
      check(hostArray(current, where));
      return true;
    }
    current = next;
  }
}

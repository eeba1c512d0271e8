import type { Tensor } from "@cotangent/core-tensor";
import { flatten, unflatten, type Tensors, type TreeLike } from "../tree/index.js";
import { sameCarry } from "./same-carry.js";
import { truthOf } from "./truth.js";

/**
 * While `condition(carry)`, carry = body(carry). The carry is a tree that keeps its structure, shapes and dtypes.
 *
 * The condition is a number that is known, so the loop is differentiated in both modes, as the steps that it took. Under
 * `vmap` it may differ between examples: the body is run for all until it holds for none, and what it does to an example
 * for which it does not hold is dropped.
 *
 * @throws TreeError, DTypeError when the carry changes; ShapeError for a condition of more than one element
 * @example
 * ```ts
 * // halve until below 1
 * whileLoop((x: Tensor) => x.greater(1), (x) => x.div(2), 12).item(); // => 0.75
 * grad((x: Tensor) => whileLoop((y: Tensor) => y.greater(1), (y) => y.div(2), x))(12).item(); // => 0.0625
 * ```
 */
export function whileLoop<C>(
  condition: (carry: Tensors<C>) => Tensor | boolean,
  body: (carry: Tensors<C>) => TreeLike<Tensors<C>>,
  init: C,
): Tensors<C> {
  const start = flatten(init, "whileLoop: init");
  let { leaves } = start;
  const carry = (now = leaves) => unflatten(start.structure, now) as Tensors<C>;
  const next = (now: readonly Tensor[]) =>
    sameCarry(start, body(carry(now)), "whileLoop: carry returned by body").leaves;
  for (;;) {
    const running = truthOf(condition(carry()), "whileLoop: condition");
    if (running === false) return carry();
    if (running === true) leaves = next(leaves);
    else if (running.somewhere) leaves = running.choose(next(running.confine(leaves)), leaves);
    else return carry();
  }
}

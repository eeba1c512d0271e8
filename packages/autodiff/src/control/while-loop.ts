import { asTensor, isTensor, type Tensor } from "@cotangent/core-tensor";
import { jointly } from "../program/jointly.js";
import { loop } from "../compiled/loop.js";
import type { Program } from "../program/program.js";
import { record } from "../program/record.js";
import { isUnknown } from "../program/unknown.js";
import { flatten, unflatten, type Flat, type Tensors, type TreeLike } from "../tree/index.js";
import { sameCarry } from "./same-carry.js";
import { checkOneElement, truthOf } from "../batch/truth.js";

/**
 * While `condition(carry)`, carry = body(carry). The carry is a tree that keeps its structure, shapes and dtypes.
 *
 * The condition is a number that is known, so the loop is differentiated in both modes, as the steps that it took. Inside
 * of `jit`, where it is not, the loop is recorded as two programs; the derivative is taken outside: `grad(jit(f))`.
 * Under `vmap` the condition may differ between examples: the body is run for all until it holds for none, and what it does
 * to an example for which it does not hold is dropped.
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
    const holding = condition(carry());
    if (isTensor(holding) && isUnknown(holding)) {
      leaves = recorded(condition, body, { structure: start.structure, leaves });
      return carry();
    }
    const running = truthOf(holding, "whileLoop: condition");
    if (running === false) return carry();
    if (running === true) leaves = next(leaves);
    else if (running.somewhere) leaves = running.choose(next(running.confine(leaves)), leaves);
    else return carry();
  }
}

/** The rest of the loop as programs. */
function recorded<C>(
  condition: (carry: Tensors<C>) => Tensor | boolean,
  body: (carry: Tensors<C>) => TreeLike<Tensors<C>>,
  start: Flat,
): readonly Tensor[] {
  const treeOf = (leaves: readonly Tensor[]) => unflatten(start.structure, leaves) as Tensors<C>;
  const { programs, captures } = jointly([
    record((xs) => [checkOneElement(asTensor(condition(treeOf(xs))), "whileLoop: condition")], start.leaves),
    record(
      (xs) => sameCarry(start, body(treeOf(xs)), "whileLoop: carry returned by body").leaves,
      start.leaves,
    ),
  ]);
  const [test, step] = programs as [Program, Program];
  return loop({ condition: test, body: step }, start.leaves, captures);
}

import { asTensor, isTensor, ShapeError, formatShape, type Tensor } from "@cotangent/core-tensor";
import { jointly } from "../program/jointly.js";
import { loop } from "../compiled/loop.js";
import type { Program } from "../program/program.js";
import { record } from "../program/record.js";
import { isUnknown } from "../program/unknown.js";
import { flatten, unflatten, type Flat, type Tensors, type TreeLike } from "../tree/index.js";
import { sameCarry } from "./same-carry.js";

/**
 * While `condition(carry)`, carry = body(carry). The carry is a tree that keeps its structure, shapes and dtypes.
 *
 * The condition is a number that is known, so the loop is differentiated in both modes, as the steps that it took. Inside
 * of `jit`, where it is not, the loop is recorded as two programs; the derivative is taken outside: `grad(jit(f))`.
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
  const carry = () => unflatten(start.structure, leaves) as Tensors<C>;
  for (;;) {
    const holding = condition(carry());
    if (isTensor(holding) && isUnknown(holding)) {
      leaves = recorded(condition, body, { structure: start.structure, leaves });
      return carry();
    }
    if (!holds(holding, "whileLoop: condition")) return carry();
    leaves = sameCarry(start, body(carry()), "whileLoop: carry returned by body").leaves;
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

/** The truth of a condition that is one known number. */
export function holds(condition: Tensor | boolean | number, where: string): boolean {
  return checkOneElement(asTensor(condition), where).item() !== 0;
}

/** @throws ShapeError */
export function checkOneElement(condition: Tensor, where: string): Tensor {
  if (condition.size === 1) return condition;
  throw new ShapeError(`${where}: must be one number or bool, but has shape ${formatShape(condition.shape)}`);
}

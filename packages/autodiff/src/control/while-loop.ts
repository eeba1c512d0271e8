import { asTensor, ShapeError, formatShape, type Tensor } from "@cotangent/core-tensor";
import { flatten, unflatten, type Tensors, type TreeLike } from "../tree/index.js";
import { sameCarry } from "./same-carry.js";

/**
 * While `condition(carry)`, carry = body(carry). The carry is a tree that keeps its structure, shapes and dtypes.
 *
 * The condition is a number that is known, so the loop is differentiated in both modes, as the steps that it took.
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
  while (holds(condition(carry()), "whileLoop: condition")) {
    leaves = sameCarry(start, body(carry()), "whileLoop: carry returned by body").leaves;
  }
  return carry();
}

/** The truth of a condition that is one known number. */
export function holds(condition: Tensor | boolean | number, where: string): boolean {
  const known = asTensor(condition);
  if (known.size !== 1) {
    throw new ShapeError(`${where}: must be one number or bool, but has shape ${formatShape(known.shape)}`);
  }
  return known.item() !== 0;
}

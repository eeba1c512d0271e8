import { eye } from "@cotangent/core-tensor";
import type { Tensors } from "@cotangent/autodiff";
import type { LinearOperator } from "./operator.js";
import { leavesIn, spaceLike, treeIn, type Space } from "./space.js";

/**
 * The identity on trees like this one.
 *
 * @example
 * ```ts
 * identity(tensor([0, 0])).apply(tensor([1, 2])); // => [1, 2]
 * ```
 */
export function identity<X>(like: X): LinearOperator<Tensors<X>> {
  return identityOn(spaceLike(like));
}

/** The identity on a space. */
export function identityOn<X>(space: Space): LinearOperator<X> {
  const operator: LinearOperator<X> = {
    name: "identity",
    domain: space,
    codomain: space,
    claims: { symmetric: true, positiveDefinite: true },
    apply: (x) => treeIn(space, leavesIn(space, x, "identity: argument")) as X,
    transpose: () => operator,
    materialise: () => eye(space.size),
  };
  return operator;
}

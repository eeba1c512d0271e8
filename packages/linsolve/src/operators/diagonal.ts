import { concatenate, diag, mul, reshape } from "@cotangent/core-tensor";
import { tree, type Tensors } from "@cotangent/autodiff";
import type { Claims, LinearOperator } from "./operator.js";
import { leavesIn, spaceLike, treeIn } from "./space.js";

/**
 * The diagonal operator x -> d x, element by element, of a tree d. It may be traced.
 *
 * @example
 * ```ts
 * diagonal(tensor([1, 2])).apply(tensor([3, 4])); // => [3, 8]
 * ```
 */
export function diagonal<X>(d: X, claims: Pick<Claims, "positiveDefinite"> = {}): LinearOperator<Tensors<X>> {
  const space = spaceLike(d);
  const factors = leavesIn(
    space,
    tree.map((leaf) => leaf, d),
    "diagonal",
  );
  const operator: LinearOperator<Tensors<X>> = {
    name: "diagonal",
    domain: space,
    codomain: space,
    claims: { ...claims, symmetric: true },
    apply: (x) => {
      const leaves = leavesIn(space, x, "diagonal: argument");
      return treeIn(
        space,
        leaves.map((leaf, i) => mul(factors[i]!, leaf)),
      ) as Tensors<X>;
    },
    transpose: () => operator,
    materialise: () =>
      diag(concatenate([reshape([], [0]), ...factors.map((leaf) => reshape(leaf, [leaf.size]))])),
  };
  return operator;
}

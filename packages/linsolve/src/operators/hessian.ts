import type { Tensor } from "@cotangent/core-tensor";
import { grad, linearize, type Tensors, type TreeLike } from "@cotangent/autodiff";
import { replayed } from "./replayed.js";
import { functionBetween } from "./from-function.js";
import type { LinearOperator } from "./operator.js";
import { spaceLike } from "./space.js";

/**
 * The Hessian of f at x as an operator: v -> H v, forward over reverse. The gradient of f runs once, now; products
 * replay its tape, which is compiled when there are many of them. Symmetric by construction.
 *
 * @param f - a function from trees to one number; what it closes over may be traced
 * @param x - the point
 * @example
 * ```ts
 * import { hessian as hessianOperator } from "@cotangent/linsolve";
 * hessianOperator((x: Tensor) => x.pow(3).sum(), tensor([1, 2])).apply(tensor([1, 1])); // => [6, 12]
 * ```
 */
export function hessian<X>(
  f: (x: X) => Tensor,
  x: TreeLike<X>,
  claims: { readonly positiveDefinite?: boolean } = {},
): LinearOperator<Tensors<X>> {
  const gradient = grad(f) as (x: X) => Tensors<X>;
  const tape = linearize(gradient, x);
  const multiply = replayed((v: Tensors<X>) => tape.pushforward(v as TreeLike<X>) as Tensors<X>);
  const space = spaceLike(x);
  return functionBetween<Tensors<X>, Tensors<X>>({
    name: "hessian",
    domain: space,
    codomain: space,
    claims: { ...claims, symmetric: true },
    apply: multiply,
    transpose: multiply,
  });
}

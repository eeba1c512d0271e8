import { originOf, type Origin } from "@cotangent/core-tensor";
import { linearizeFor, type Tensors, type TreeLike } from "@cotangent/autodiff";
import { functionBetween } from "./from-function.js";
import { imagesByBatch } from "./images.js";
import type { Claims, LinearOperator } from "./operator.js";
import { spaceLike } from "./space.js";

/**
 * The Jacobian of f at x as an operator: v -> J v, and u -> J^T u for the transpose. f runs once, now; products replay
 * its tape.
 *
 * @param f - a function of one tree; what it closes over may be traced
 * @param x - the point
 * @param claims - what is known of J, for a Newton method, say
 * @example
 * ```ts
 * import { jacobian as jacobianOperator } from "@cotangent/linsolve";
 * jacobianOperator((x: Tensor) => x.square(), tensor([1, 2])).apply(tensor([1, 1])); // => [2, 4]
 * ```
 */
export function jacobian<X, R>(
  f: (x: X) => R,
  x: TreeLike<X>,
  claims: Claims = {},
): LinearOperator<Tensors<X>, Tensors<R>> {
  return jacobianFor(f, x, claims, originOf("linearize", jacobian));
}

/**
 * `jacobian` on behalf of a transformation, which errors in f then name: to find the line of the user takes as long as
 * several products by a small tape.
 *
 * @example
 * ```ts
 * const origin = { name: "newton", place: () => undefined };
 * jacobianFor((x: Tensor) => x.square(), tensor([1, 2]), {}, origin).apply(tensor([1, 1])); // => [2, 4]
 * ```
 */
export function jacobianFor<X, R>(
  f: (x: X) => R,
  x: TreeLike<X>,
  claims: Claims,
  origin: Origin,
): LinearOperator<Tensors<X>, Tensors<R>> {
  const tape = linearizeFor<[X], R>(f, [x], { origin });
  const operator = functionBetween<Tensors<X>, Tensors<R>>({
    name: "jacobian",
    domain: spaceLike(x),
    codomain: spaceLike(tape.value),
    claims,
    apply: (v) => tape.pushforward(v as TreeLike<X>),
    transpose: (u) => tape.pullback(u as TreeLike<R>)[0],
  });
  return { dependsOn: tape.dependsOn(), images: imagesByBatch(operator), ...operator };
}

import {
  abs,
  equal,
  less,
  logicalOr,
  mul,
  sign,
  stopGradient,
  sum,
  where,
  type Tensor,
} from "@cotangent/core-tensor";
import { tree, type Tensors } from "@cotangent/autodiff";
import { checkValues, type Hyper } from "../hyper/index.js";
import { rowsOf, type Rows } from "./rows.js";
import { fillSupport, fromPeak, outsideSupport } from "./simplex-support.js";

/**
 * The projection onto the l1 ball:
 *
 *     argmin_p ‖x - p‖²   over ‖p‖₁ <= hyper
 *
 * Inside, p = x. Otherwise p = sign(x) ∘ q with q the projection of |x| onto the simplex of sum hyper. Every vector
 * along the last axis of every leaf is projected by itself, in O(n log n). Differentiable in x and hyper; at a kink, on
 * the sphere ‖x‖₁ = hyper the derivative is that from outside, and elements with |x_i| = τ count as zeros of p.
 *
 * @param x - a tree of tensors [..., n]
 * @param hyper - the radius: one number, numbers that broadcast to the axes before the last, or a tree of such;
 *   default 1; an infinite radius is no constraint
 * @throws ValueError when the radius is negative (there is no such point) or NaN
 * @throws ShapeError for a scalar or for vectors without elements; TreeError when hyper does not fit x
 * @example
 * ```ts
 * projection.l1Ball(tensor([3, -2, 0.5]), 3); // => [2, -1, 0]
 * ```
 * Source: Duchi et al., Efficient projections onto the l1-ball for learning in high dimensions (2008).
 */
export function l1Ball<T>(x: T, hyper: Hyper<NoInfer<T>> = 1): Tensors<T> {
  const flat = tree.flatten(x, "projection.l1Ball: x");
  const out = rowsOf(flat, hyper, "projection.l1Ball").map(project);
  return tree.unflatten(flat.structure, out) as Tensors<T>;
}

function project({ x, size: radius }: Rows): Tensor {
  checkValues(radius, (value) => value >= 0, "projection.l1Ball", "the radius", "0 or more");
  const norm = sum(abs(stopGradient(x)), { axis: -1, keepDims: true });
  const inside = less(norm, radius);
  const z = fromPeak(abs(x));
  // A zero of x is a zero of p, even where τ is 0 up to rounding.
  const outside = logicalOr(outsideSupport(z, radius), equal(x, 0));
  return where(inside, x, mul(sign(x), fillSupport(z, radius, outside)));
}

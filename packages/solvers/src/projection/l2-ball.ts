import {
  div,
  equal,
  isTensor,
  less,
  mul,
  norm,
  stopGradient,
  where,
  type Like,
  type Tensor,
} from "@cotangent/core-tensor";
import { tree, TreeError } from "@cotangent/autodiff";
import { checkValues } from "../hyper/index.js";
import { rowsOf } from "./rows.js";

/**
 * The projection onto the l2 ball:
 *
 *     argmin_p ‖x - p‖²   over ‖p‖₂ <= hyper,      p = x inside, hyper · x / ‖x‖₂ outside
 *
 * Every vector along the last axis is projected by itself. Differentiable in x and hyper; on the sphere ‖x‖ = hyper the
 * derivative is that from outside: dp = hyper / ‖x‖ (I - u uᵀ) dx + u d hyper with u = x / ‖x‖.
 *
 * @param x - a tensor [..., n]. A tree with several leaves is one vector only after `tree.ravel`
 * @param hyper - the radius: one number, or numbers that broadcast to the axes before the last; default 1; an infinite
 *   radius is no constraint
 * @throws ValueError when the radius is negative (there is no such point) or NaN
 * @throws ShapeError for a scalar or for vectors without elements; TreeError for anything but a tensor
 * @example
 * ```ts
 * projection.l2Ball(tensor([[3, 4], [0.3, 0.4]])); // => [[0.6, 0.8],\n [0.3, 0.4]]
 * ```
 */
export function l2Ball(x: Tensor, hyper: Like = 1): Tensor {
  if (!isTensor(x)) {
    throw new TreeError(
      "projection.l2Ball: x must be one tensor. Make an array a vector with tensor([...]), and a tree one vector with " +
        "tree.ravel",
    );
  }
  const [row] = rowsOf(tree.flatten(x), hyper, "projection.l2Ball");
  const { x: points, size: radius } = row!;
  checkValues(radius, (value) => value >= 0, "projection.l2Ball", "the radius", "0 or more");
  const inside = less(norm(stopGradient(points), { axis: -1, keepDims: true }), radius);
  // Constants for the vectors that are inside, so that the piece that is not taken cannot spoil their derivatives.
  const y = where(inside, 1, points);
  const length = norm(y, { axis: -1, keepDims: true });
  const direction = div(y, where(equal(length, 0), 1, length));
  return where(inside, points, mul(radius, direction));
}

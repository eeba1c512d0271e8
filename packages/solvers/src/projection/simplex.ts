import { tree, type Tensors } from "@cotangent/autodiff";
import { checkValues, type Hyper } from "../hyper/index.js";
import { rowsOf } from "./rows.js";
import { fillSupport, fromPeak, outsideSupport } from "./simplex-support.js";

/**
 * The projection onto the simplex of vectors with a given sum:
 *
 *     argmin_p ‖x - p‖²   over p >= 0, Σ p = hyper,      p = max(x - τ, 0)
 *
 * Every vector along the last axis of every leaf is projected by itself, in O(n log n), by sorting. Differentiable in x
 * and hyper: with the support S = {i : p_i > 0}, dp_i = dx_i - (Σ_S dx - d hyper) / |S| for i in S, and 0 elsewhere.
 * At a kink, x_i = τ, the element i does not belong to S.
 *
 * @param x - a tree of tensors [..., n]
 * @param hyper - the sum: one number, numbers that broadcast to the axes before the last, or a tree of such; default 1
 * @throws ValueError when the sum is negative (there is no such point), infinite or NaN
 * @throws ShapeError for a scalar or for vectors without elements; TreeError when hyper does not fit x
 * @example
 * ```ts
 * projection.simplex(tensor([[1, 1, -5], [0.25, 0.5, 0.25]])); // => [[ 0.5, 0.5,    0],\n [0.25, 0.5, 0.25]]
 * ```
 * Source: Condat, Fast projection onto the simplex and the l1 ball (2016). Derivative: Blondel et al., Efficient and
 * Modular Implicit Differentiation (2022), appendix C.
 */
export function simplex<T>(x: T, hyper: Hyper<NoInfer<T>> = 1): Tensors<T> {
  const flat = tree.flatten(x, "projection.simplex: x");
  const out = rowsOf(flat, hyper, "projection.simplex").map((row) => {
    const finite = (value: number) => value >= 0 && value < Infinity;
    checkValues(row.size, finite, "projection.simplex", "the sum", "finite and not negative");
    const z = fromPeak(row.x);
    return fillSupport(z, row.size, outsideSupport(z, row.size));
  });
  return tree.unflatten(flat.structure, out) as Tensors<T>;
}

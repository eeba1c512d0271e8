import { lessEqual, where } from "@cotangent/core-tensor";
import { tree, type Tensors } from "@cotangent/autodiff";

/**
 * The projection onto the non-negative orthant, max(x, 0) element by element. The parameter is ignored.
 *
 * An element on the bound counts as active: at 0 the derivative is 0. NaN stays NaN.
 *
 * @example
 * ```ts
 * projection.nonNegative(tensor([2, -3])); // => [2, 0]
 * ```
 */
export function nonNegative<T>(x: T, _hyper?: unknown): Tensors<T> {
  return tree.map((leaf) => where(lessEqual(leaf, 0), 0, leaf), x);
}

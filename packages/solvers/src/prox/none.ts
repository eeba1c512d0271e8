import type { Like } from "@cotangent/core-tensor";
import { tree, type Tensors } from "@cotangent/autodiff";

/**
 * The proximal operator of g = 0: the identity. Parameter and scaling are ignored.
 *
 * @example
 * ```ts
 * prox.none(tensor([1, -2])); // => [1, -2]
 * ```
 */
export function none<T>(x: T, _hyper?: unknown, _scaling?: Like): Tensors<T> {
  return tree.map((leaf) => leaf, x);
}

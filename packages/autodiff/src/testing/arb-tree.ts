import * as fc from "fast-check";
import type { Tensor } from "@cotangent/core-tensor";
import { arbTensor } from "./arb-tensor.js";

/** A tree of tensors. */
export type TensorTree = Tensor | readonly TensorTree[] | { readonly [key: string]: TensorTree };

/** Options of `arbTree`. */
export interface ArbTreeOptions {
  /** An arbitrary of leaves. @defaultValue arbTensor() */
  readonly leaf?: fc.Arbitrary<Tensor>;
  /** Nesting of arrays and objects. @defaultValue 2 */
  readonly maxDepth?: number;
  /** Children of an array or an object. @defaultValue 3 */
  readonly maxChildren?: number;
}

/** A tree of arrays, objects (keys "a", "b", ...) and tensors; shrinks to a single leaf. */
export function arbTree({
  leaf = arbTensor(),
  maxDepth = 2,
  maxChildren = 3,
}: ArbTreeOptions = {}): fc.Arbitrary<TensorTree> {
  if (maxDepth === 0) return leaf;
  const children = fc.array(arbTree({ leaf, maxDepth: maxDepth - 1, maxChildren }), {
    maxLength: maxChildren,
  });
  return fc.oneof(
    { withCrossShrink: true },
    leaf,
    children,
    children.map((items) => Object.fromEntries(items.map((item, i) => [String.fromCharCode(97 + i), item]))),
  );
}

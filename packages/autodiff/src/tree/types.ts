import type { Tensor } from "@cotangent/core-tensor";

/**
 * A tree: any nesting of plain objects and arrays with tensors (or numbers, which count as scalars) at the leaves.
 * Objects are visited in the sorted order of their keys. The type is a mapping, so that interfaces are trees too.
 */
export type Tree = Tensor | number | readonly unknown[] | object;

/** The same tree with a tensor for every leaf: what functions under a transformation receive, and gradients are. */
export type Tensors<T> = T extends Tensor | number
  ? Tensor
  : T extends object
    ? { [K in keyof T]: Tensors<T[K]> }
    : T;

/** What may be passed for a tree of tensors: numbers are fine at scalar leaves. */
export type TreeLike<T> = T extends Tensor
  ? Tensor | number
  : T extends object
    ? { [K in keyof T]: TreeLike<T[K]> }
    : T;

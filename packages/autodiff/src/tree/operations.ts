import {
  add as addTensors,
  concatenate,
  formatShape,
  mul,
  ones,
  reshape,
  sameShape,
  slice,
  sub as subTensors,
  sum,
  tensor,
  zeros,
  type Abstract,
  type Like,
  type Tensor,
} from "@cotangent/core-tensor";
import { TreeError } from "../errors/errors.js";
import { pathOf } from "./paths.js";
import {
  flatten,
  formatStructure,
  sameStructure,
  unflatten,
  type Flat,
  type Structure,
} from "./structure.js";
import type { Tensors } from "./types.js";

/**
 * f applied to every leaf, or to corresponding leaves of several trees of one structure.
 *
 * @example
 * ```ts
 * tree.map((x, y) => x.mul(y), { a: tensor([1, 2]), b: 3 }, { a: tensor([10, 20]), b: 2 }); // => { a: [10, 40], b: 6 }
 * ```
 */
export function map<T>(f: (...leaves: Tensor[]) => Like, first: T, ...rest: readonly unknown[]): Tensors<T> {
  const flat = flatten(first);
  const others = rest.map((tree) => flattenLike(flat, tree, "tree.map"));
  const results = flat.leaves.map((x, i) => f(x, ...others.map((leaves) => leaves[i]!)));
  return unflatten(flat.structure, results) as Tensors<T>;
}

/**
 * The leaves of a tree, in the order of sorted keys.
 *
 * @example
 * ```ts
 * tree.leaves({ w: tensor([1, 2]), b: 3 }).map(String); // => ["3", "[1, 2]"]
 * ```
 */
export function leaves(tree: unknown): readonly Tensor[] {
  return flatten(tree).leaves;
}

/**
 * The structure of a tree.
 *
 * @example
 * ```ts
 * tree.formatStructure(tree.structure({ w: tensor([1, 2]), b: [3, 4] })); // => "{b: [*, *], w: *}"
 * ```
 */
export function structure(tree: unknown): Structure {
  return flatten(tree).structure;
}

/** A tree as a vector. */
export interface Raveled<T> {
  /** All leaves, one after the other. */
  readonly vector: Tensor;
  /** The tree that has the elements of a vector in the places where they came from. */
  readonly unravel: (vector: Tensor) => Tensors<T>;
}

/**
 * All leaves in one vector, and the way back.
 *
 * @example
 * ```ts
 * const { vector, unravel } = tree.ravel({ w: tensor([1, 2]), b: 3 });
 * vector; // => [3, 1, 2]
 * unravel(vector).w; // => [1, 2]
 * ```
 */
export function ravel<T>(tree: T): Raveled<T> {
  const flat = flatten(tree);
  const parts = flat.leaves.map((x) => reshape(x, [x.size]));
  const vector = parts.length === 0 ? tensor([]) : concatenate(parts);
  const unravel = (v: Tensor): Tensors<T> => {
    if (!sameShape(v.shape, vector.shape)) {
      throw new TreeError(
        `unravel: expected a vector ${formatShape(vector.shape)}, got shape ${formatShape(v.shape)}`,
      );
    }
    let position = 0;
    const cut = flat.leaves.map((x) => {
      const part = slice(v, [position, (position += x.size)]);
      return reshape(part, x.shape);
    });
    return unflatten(flat.structure, cut) as Tensors<T>;
  };
  return { vector, unravel };
}

/**
 * a + b, leaf by leaf.
 *
 * @example
 * ```ts
 * tree.add({ a: tensor([1, 2]), b: 3 }, { a: tensor([10, 20]), b: 30 }); // => { a: [11, 22], b: 33 }
 * ```
 */
export function add<T>(a: T, b: NoInfer<T> | Tensors<T>): Tensors<T> {
  return map((x, y) => addTensors(x, y), a, b);
}

/**
 * a - b, leaf by leaf.
 *
 * @example
 * ```ts
 * tree.sub({ a: 3 }, { a: 1 }); // => { a: 2 }
 * ```
 */
export function sub<T>(a: T, b: NoInfer<T> | Tensors<T>): Tensors<T> {
  return map((x, y) => subTensors(x, y), a, b);
}

/**
 * factor times every leaf.
 *
 * @example
 * ```ts
 * tree.scale(2, { a: tensor([1, 2]), b: 3 }); // => { a: [2, 4], b: 6 }
 * ```
 */
export function scale<T>(factor: Like, x: T): Tensors<T> {
  return map((leaf) => mul(factor, leaf), x);
}

/**
 * The sum of products of corresponding elements of all leaves.
 *
 * @example
 * ```ts
 * tree.dot({ a: tensor([1, 2]), b: 3 }, { a: tensor([4, 5]), b: 6 }); // => 32
 * ```
 */
export function dot<T>(a: T, b: NoInfer<T> | Tensors<T>): Tensor {
  const flat = flatten(a);
  const other = flattenLike(flat, b, "tree.dot");
  let total: Tensor | undefined;
  flat.leaves.forEach((x, i) => {
    const product = sum(mul(x, other[i]!));
    total = total === undefined ? product : addTensors(total, product);
  });
  return total ?? tensor(0);
}

/**
 * The 2-norm of all leaves as one vector.
 *
 * @example
 * ```ts
 * tree.norm({ a: tensor([1, 2]), b: 2 }); // => 3
 * ```
 */
export function norm(x: unknown): Tensor {
  return ravel(x).vector.norm();
}

/**
 * Zeros with the shapes and dtypes of x.
 *
 * @example
 * ```ts
 * tree.zerosLike({ a: tensor([1, 2]) }); // => { a: [0, 0] }
 * ```
 */
export function zerosLike<T>(x: T): Tensors<T> {
  return map((leaf) => zeros(leaf.shape, { dtype: leaf.dtype }), x);
}

/**
 * Ones with the shapes and dtypes of x.
 *
 * @example
 * ```ts
 * tree.onesLike({ a: tensor([1, 2]) }); // => { a: [1, 1] }
 * ```
 */
export function onesLike<T>(x: T): Tensors<T> {
  return map((leaf) => ones(leaf.shape, { dtype: leaf.dtype }), x);
}

/**
 * The leaves of a tree that must have the structure and the shapes of another.
 *
 * @throws TreeError naming both structures, or the leaf whose shape differs
 * @example
 * ```ts
 * const wanted = tree.flatten({ a: 1, b: 2 });
 * tree.flattenLike(wanted, { b: 4, a: 3 }, "example").map(String); // => ["3", "4"]
 * ```
 */
export function flattenLike(
  expected: Pick<Flat, "structure"> & { readonly leaves: readonly Abstract[] },
  tree: unknown,
  where: string,
): readonly Tensor[] {
  const flat = flatten(tree, where);
  if (!sameStructure(flat.structure, expected.structure)) {
    throw new TreeError(
      `${where}: expected the structure ${formatStructure(expected.structure)}, got ${formatStructure(flat.structure)}`,
    );
  }
  flat.leaves.forEach((x, i) => {
    const wanted = expected.leaves[i]!.shape;
    if (!sameShape(x.shape, wanted)) {
      throw new TreeError(
        `${where}${pathOf(expected.structure, i)}: should have shape ${formatShape(wanted)}, but has ${formatShape(x.shape)}`,
      );
    }
  });
  return flat.leaves;
}

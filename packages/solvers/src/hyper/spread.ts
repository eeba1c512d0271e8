import {
  asTensor,
  broadcastShapes,
  formatShape,
  isNumeric,
  isTensor,
  sameShape,
  ShapeError,
  type Like,
  type Shape,
  type Tensor,
} from "@cotangent/core-tensor";
import { tree, TreeError, type Tensors, type TreeLike } from "@cotangent/autodiff";

/** A parameter of a prox or a projection: one tensor for all leaves of x, or a tree like x. */
export type Hyper<T> = Like | TreeLike<Tensors<T>>;

/**
 * The part of a parameter that belongs to each leaf of x.
 *
 * @param target - the shape that the part must broadcast to, given its leaf
 * @throws TreeError for what is neither a tensor nor a tree like x
 * @throws ShapeError when a part does not broadcast to its target
 */
export function spread(
  x: tree.Flat,
  hyper: unknown,
  where: string,
  target: (leaf: Tensor) => Shape = (leaf) => leaf.shape,
): readonly Tensor[] {
  const parts = partsOf(x, hyper, where);
  parts.forEach((part, i) => {
    checkBroadcast(part, target(x.leaves[i]!), where);
  });
  return parts;
}

function partsOf(x: tree.Flat, hyper: unknown, where: string): readonly Tensor[] {
  // Numbers stay weak: they take the dtype of the leaf, so that float32 stays float32.
  if (typeof hyper === "number") return x.leaves.map((leaf) => asTensor(hyper, leaf.dtype));
  if (x.structure.kind === "leaf" && isLike(hyper)) return [asTensor(hyper)];
  const flat = tree.flatten(hyper, where);
  if (tree.sameStructure(flat.structure, x.structure)) return flat.leaves;
  if (isLike(hyper)) {
    const one = asTensor(hyper);
    return x.leaves.map(() => one);
  }
  throw new TreeError(
    `${where}: a parameter is one tensor, or a tree like x, ${tree.formatStructure(x.structure)}; ` +
      `got ${tree.formatStructure(flat.structure)}`,
  );
}

function checkBroadcast(part: Tensor, target: Shape, where: string): void {
  if (part.ndim <= target.length && sameShape(broadcastShapes(part.shape, target, where), target)) return;
  throw new ShapeError(
    `${where}: a parameter of shape ${formatShape(part.shape)} does not broadcast to ${formatShape(target)}`,
  );
}

function isLike(value: unknown): value is Like {
  return isTensor(value) || isNumeric(value) || (Array.isArray(value) && value.every(isNested));
}

function isNested(value: unknown): boolean {
  return (
    typeof value === "number" || typeof value === "boolean" || (Array.isArray(value) && value.every(isNested))
  );
}

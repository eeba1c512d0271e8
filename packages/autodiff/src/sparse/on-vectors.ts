import { isFloat, originOf, type Tensor } from "@cotangent/core-tensor";
import { NotDifferentiableError } from "../errors/errors.js";
import { checkFloating, flattenArguments } from "../transforms/arguments.js";
import { flatten, map, ravel, type TreeLike } from "../tree/index.js";

/** An argument as a vector, and how a function sees it. */
export interface OnVectors<X> {
  readonly vector: Tensor;
  /** The tree of a vector, in the dtypes of the argument. */
  readonly treeOf: (vector: Tensor) => X;
}

/** @throws NotDifferentiableError for integers */
export function onVectors<X>(x: TreeLike<X>, where: string): OnVectors<X> {
  const call = { origin: originOf(where, onVectors) };
  checkFloating(flattenArguments([x], call), call);
  const { vector, unravel } = ravel(x);
  const treeOf = (v: Tensor) => map((part, leaf) => part.astype(leaf.dtype), unravel(v), x) as X;
  return { vector, treeOf };
}

/** All numbers of a result. */
export function vectorOf(result: unknown, where: string): Tensor {
  const integer = flatten(result, `${where}: result`).leaves.find(({ dtype }) => !isFloat(dtype));
  if (integer !== undefined) {
    throw new NotDifferentiableError(
      `${where}: the function returned dtype ${integer.dtype}, which has no derivative`,
    );
  }
  return ravel(result).vector;
}

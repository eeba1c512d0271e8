import { astype, expandDims, formatShape, isFloat, ShapeError, type Tensor } from "@cotangent/core-tensor";
import type { tree } from "@cotangent/autodiff";
import { spread } from "../hyper/index.js";

/** Vectors along the last axis [..., n], and one number for each of them [..., 1]. */
export interface Rows {
  readonly x: Tensor;
  readonly size: Tensor;
}

/**
 * The vectors of each leaf, each with its size (radius, sum): one number for all, or broadcast to the axes before the
 * last, or a tree like x of such.
 *
 * @throws ShapeError for a scalar leaf, vectors without elements, or sizes that do not fit
 */
export function rowsOf(flat: tree.Flat, hyper: unknown, where: string): readonly Rows[] {
  for (const leaf of flat.leaves) checkRows(leaf, where);
  const sizes = spread(flat, hyper, where, (leaf) => leaf.shape.slice(0, -1));
  return flat.leaves.map((leaf, i) => ({
    x: isFloat(leaf.dtype) ? leaf : astype(leaf, "float64"),
    size: expandDims(sizes[i]!, -1),
  }));
}

/** Refuses a leaf without vectors along its last axis. */
export function checkRows(x: Tensor, where: string): void {
  if (x.ndim === 0) {
    throw new ShapeError(
      `${where}: needs vectors along the last axis, got a scalar. An array of numbers is a tree of scalars: ` +
        "make it a vector with tensor([...])",
    );
  }
  if (x.shape[x.ndim - 1] === 0) {
    throw new ShapeError(
      `${where}: the vectors along the last axis of ${formatShape(x.shape)} have no elements`,
    );
  }
}

import { bindOne } from "../dispatch/index.js";
import { ShapeError } from "../errors/index.js";
import * as p from "../primitives/index.js";
import { broadcastShapes, formatShape, sameShape } from "../shape/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { mul } from "./elementwise.js";
import { promoteNumbers } from "./promote.js";
import { sum } from "./reduce.js";
import { broadcastTo, reshape, transpose } from "./shape.js";

const asTheyAre = { transposeA: false, transposeB: false };

/**
 * The matrix product over the last two axes, leading axes broadcast; vectors count as a row on the left and as a column
 * on the right (NumPy's `matmul`).
 *
 * @throws ShapeError when the inner dimensions differ, or for a scalar operand
 * @example
 * ```ts
 * matmul([[1, 2], [3, 4]], [1, 1]); // => [3, 7]
 * ```
 */
export function matmul(a: Like, b: Like): Tensor {
  const [x, y] = promoteNumbers([a, b]) as [Tensor, Tensor];
  if (x.ndim === 0 || y.ndim === 0) throw new ShapeError("matmul: scalars have no matrix product; use mul");
  checkInner(x, y);
  const left = x.ndim === 1 ? reshape(x, [1, x.size]) : x;
  const right = y.ndim === 1 ? reshape(y, [y.size, 1]) : y;
  const [m, n] = alignBatches(left, right);
  const product = bindOne(p.matmul, [m, n], asTheyAre);
  if (x.ndim > 1 && y.ndim > 1) return product;
  const shape = [...product.shape.slice(0, -2)];
  if (x.ndim > 1) shape.push(left.shape[left.ndim - 2]!);
  if (y.ndim > 1) shape.push(right.shape[right.ndim - 1]!);
  return reshape(product, shape);
}

/**
 * The sum of products over the last axis of a and the second to last (or only) one of b, as NumPy's `dot`; a scalar
 * multiplies.
 *
 * @example
 * ```ts
 * dot([1, 2, 3], [4, 5, 6]); // => 32
 * ```
 */
export function dot(a: Like, b: Like): Tensor {
  const [x, y] = promoteNumbers([a, b]) as [Tensor, Tensor];
  if (x.ndim === 0 || y.ndim === 0) return mul(x, y);
  if (y.ndim <= 2) return matmul(x, y);
  // [..., k, n] as [k, ...n]: NumPy keeps all axes of both sides but the summed ones, where matmul would broadcast.
  const last = y.ndim - 1;
  const batch = Array.from({ length: last - 1 }, (_, axis) => axis);
  const columns = transpose(y, [last - 1, ...batch, last]);
  const product = matmul(x, reshape(columns, [columns.shape[0]!, -1]));
  return reshape(product, [...x.shape.slice(0, -1), ...columns.shape.slice(1)]);
}

/**
 * The sum of the products of all elements of two tensors of one shape.
 *
 * @example
 * ```ts
 * vdot([[1, 2], [3, 4]], [[1, 0], [0, 1]]); // => 5
 * ```
 */
export function vdot(a: Like, b: Like): Tensor {
  const [x, y] = promoteNumbers([a, b]) as [Tensor, Tensor];
  if (!sameShape(x.shape, y.shape)) {
    throw new ShapeError(`vdot: shapes differ: ${formatShape(x.shape)} and ${formatShape(y.shape)}`);
  }
  return sum(mul(x, y));
}

/**
 * a b^T for vectors (other tensors are flattened).
 *
 * @example
 * ```ts
 * outer([1, 2], [3, 4, 5]); // => [[ 3,  4,  5],\n [ 6,  8, 10]]
 * ```
 */
export function outer(a: Like, b: Like): Tensor {
  const [x, y] = promoteNumbers([a, b]) as [Tensor, Tensor];
  return mul(reshape(x, [x.size, 1]), reshape(y, [1, y.size]));
}

function checkInner(x: Tensor, y: Tensor): void {
  const inner = x.shape[x.ndim - 1];
  const other = y.shape[Math.max(0, y.ndim - 2)];
  if (inner !== other) {
    throw new ShapeError(
      `matmul: inner dimensions differ: ${formatShape(x.shape)} @ ${formatShape(y.shape)}`,
    );
  }
}

/** Equal leading axes, or none on one side: what the primitive takes. */
function alignBatches(x: Tensor, y: Tensor): [Tensor, Tensor] {
  const batchX = x.shape.slice(0, -2);
  const batchY = y.shape.slice(0, -2);
  if (batchX.length === 0 || batchY.length === 0 || sameShape(batchX, batchY)) return [x, y];
  const where = `matmul: leading axes of ${formatShape(x.shape)} @ ${formatShape(y.shape)}`;
  const batch = broadcastShapes(batchX, batchY, where);
  return [broadcastTo(x, [...batch, ...x.shape.slice(-2)]), broadcastTo(y, [...batch, ...y.shape.slice(-2)])];
}

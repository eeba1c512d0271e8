import { bind, bindOne } from "../../dispatch/index.js";
import { ShapeError, ValueError } from "../../errors/index.js";
import * as p from "../../primitives/index.js";
import { broadcastShapes, formatShape } from "../../shape/index.js";
import { eye } from "../../tensor/create.js";
import type { Like } from "../../tensor/like.js";
import { provide } from "../../tensor/methods/provided.js";
import type { Tensor } from "../../tensor/tensor.js";
import { greater } from "../compare.js";
import { astype, mul, square as squared, sub } from "../elementwise.js";
import { matrixOf } from "../linalg.js";
import { matmul } from "../products.js";
import { promoteFloats } from "../promote.js";
import { max, sum } from "../reduce.js";
import { broadcastTo, reshape } from "../shape.js";
import { stopGradient } from "../stop-gradient.js";

/** Which singular values count as zero. */
export interface RankOptions {
  /**
   * Those of at most `rcond` times the largest.
   *
   * @defaultValue max(m, n) times the unit of rounding of the dtype
   */
  readonly rcond?: number;
}

/**
 * The pseudo-inverse A^+ [..., n, m] of matrices [..., m, n], of any rank, by the singular value decomposition.
 *
 * **Derivatives** are those along matrices of the same rank (Golub & Pereyra 1973), right for full rank, and for repeated
 * singular values. Where a change of A raises its rank A^+ is not continuous: there the convention is the same formula.
 *
 * @throws ValueError for NaN and infinities
 * @example
 * ```ts
 * linalg.pinv([[2], [0]]); // => [[0.5, 0]]
 * linalg.pinv([[1, 1], [1, 1]]); // => [[0.25, 0.25],\n [0.25, 0.25]]
 * ```
 */
export function pinv(a: Like, options: RankOptions = {}): Tensor {
  const matrix = matrixOf(a, "linalg.pinv");
  const m = matrix.shape[matrix.ndim - 2]!;
  const identity = broadcastTo(eye(m, m, { dtype: matrix.dtype }), [...matrix.shape.slice(0, -2), m, m]);
  const factors = bind(p.svd, [stopGradient(matrix)], {});
  return bySvd(matrix, factors, identity, cutoffOf(matrix, options, "linalg.pinv"));
}

/** What `lstsq` returns, named as NumPy's results. */
export interface LeastSquaresSolution {
  /** [n] or [..., n, k], as b */
  readonly x: Tensor;
  /** |b - A x|^2 for every right-hand side: [] or [..., k] */
  readonly residuals: Tensor;
  /** int32 [...] */
  readonly rank: Tensor;
  /** Singular values of A, [..., min(m, n)] */
  readonly s: Tensor;
}

/**
 * The x of least norm among those that minimise |A x - b|, by the singular value decomposition; A is [..., m, n] of any
 * shape and rank, b a vector [m] or a matrix [..., m, k]. Unlike in NumPy, `residuals` are always given.
 *
 * **Derivatives** as of `pinv`: right for full rank, and along matrices of the same rank otherwise.
 *
 * @throws ShapeError when A and b have different numbers of rows
 * @throws ValueError for NaN and infinities in A
 * @example
 * ```ts
 * const { x, residuals, rank } = linalg.lstsq([[1, 0], [1, 1], [1, 2]], [1, 0, 2]);
 * x; // => [0.5, 0.5]
 * residuals.item(); // => 1.5
 * rank.item(); // => 2
 * ```
 */
export function lstsq(a: Like, b: Like, options: RankOptions = {}): LeastSquaresSolution {
  const [left, right] = promoteFloats([a, b]) as [Tensor, Tensor];
  matrixOf(left, "linalg.lstsq");
  const vector = right.ndim === 1;
  const columns = vector ? reshape(right, [right.size, 1]) : right;
  if (columns.ndim < 2 || columns.shape[columns.ndim - 2] !== left.shape[left.ndim - 2]) {
    throw new ShapeError(
      `linalg.lstsq: ${formatShape(left.shape)} does not fit the right-hand side ${formatShape(right.shape)}`,
    );
  }
  const batch = broadcastShapes(left.shape.slice(0, -2), columns.shape.slice(0, -2), "linalg.lstsq");
  const matrix = broadcastTo(left, [...batch, ...left.shape.slice(-2)]);
  const rhs = broadcastTo(columns, [...batch, ...columns.shape.slice(-2)]);
  const cutoff = cutoffOf(matrix, options, "linalg.lstsq");
  const factors = bind(p.svd, [matrix], {});
  const x = bySvd(matrix, factors.map(stopGradient), rhs, cutoff);
  const residuals = sum(squared(sub(rhs, matmul(matrix, x))), { axis: -2 });
  const s = factors[1]!;
  const plain = stopGradient(s);
  const smallest = plain.size === 0 ? 0 : mul(max(plain, { axis: -1, keepDims: true }), cutoff);
  const rank = sum(astype(greater(plain, smallest), "int32"), { axis: -1 });
  const restore = (y: Tensor) => (vector ? reshape(y, y.shape.slice(0, -1)) : y);
  return { x: restore(x), residuals: restore(residuals), rank, s };
}

/** A^+ B; the factors are an aid without a derivative of their own. */
function bySvd(matrix: Tensor, factors: readonly Tensor[], rhs: Tensor, cutoff: number): Tensor {
  return bindOne(p.svdSolve, [matrix, ...factors, rhs], { transpose: false, cutoff });
}

function cutoffOf(matrix: Tensor, { rcond }: RankOptions, where: string): number {
  if (rcond === undefined) {
    return Math.max(...matrix.shape.slice(-2)) * (matrix.dtype === "float32" ? 2 ** -23 : 2 ** -52);
  }
  if (!(rcond >= 0)) throw new ValueError(`${where}: rcond must not be negative, got ${String(rcond)}`);
  return rcond;
}

provide({ lstsq, pinv });

import { bind, bindOne } from "../dispatch/index.js";
import { ShapeError, SingularMatrixError } from "../errors/index.js";
import * as p from "../primitives/index.js";
import { broadcastShapes, formatShape } from "../shape/index.js";
import { checkNumbers } from "../tensor/host-array.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { add, mul, where } from "./elementwise.js";
import { promoteFloats } from "./promote.js";
import { broadcastTo, matrixTranspose, reshape } from "./shape.js";
import { stopGradient } from "./stop-gradient.js";
import { take } from "./take.js";
import { eye } from "../tensor/create.js";
import { triangleMask } from "./triangle.js";

/**
 * x with A x = b, by LU with partial pivoting. A is [..., n, n]; b is a vector [n] or a matrix [..., n, m].
 *
 * @throws SingularMatrixError when a pivot is exactly zero
 * @example
 * ```ts
 * linalg.solve([[2, 0], [0, 4]], [2, 2]); // => [1, 0.5]
 * ```
 */
export function solve(a: Like, b: Like): Tensor {
  const { matrix, rhs, restore } = system(a, b, "linalg.solve");
  const [factors, order] = bind(p.lu, [stopGradient(matrix)], {}) as [Tensor, Tensor];
  checkPivots(factors, "linalg.solve");
  return restore(bindOne(p.luSolve, [matrix, factors, order, rhs], { transpose: false }));
}

/**
 * x with T x = b for a triangle T of A (the rest of A is not read), or with T^T x = b.
 *
 * @throws SingularMatrixError when an element of the diagonal is exactly zero
 */
export function triangularSolve(
  a: Like,
  b: Like,
  options: { readonly lower?: boolean; readonly transpose?: boolean; readonly unitDiagonal?: boolean } = {},
): Tensor {
  const { matrix, rhs, restore } = system(a, b, "linalg.triangularSolve");
  const { lower = true, transpose = false, unitDiagonal = false } = options;
  if (!unitDiagonal) checkPivots(matrix, "linalg.triangularSolve");
  return restore(bindOne(p.triangularSolve, [matrix, rhs], { lower, transpose, unitDiagonal }));
}

/**
 * L, lower triangular, with L L^T = A, for symmetric positive definite A, [..., n, n]. The symmetric part of A is used.
 *
 * @throws SingularMatrixError when A is not positive definite
 */
export function cholesky(a: Like): Tensor {
  const matrix = square(promoteFloats([a])[0]!, "linalg.cholesky");
  return bindOne(p.cholesky, [mul(0.5, add(matrix, matrixTranspose(matrix)))], {});
}

/**
 * { p, l, u } with A = P L U: P a permutation matrix, L unit lower and U upper triangular, for A of [..., n, n].
 *
 * The derivative needs nonzero pivots but for the last: where another is zero there is none, and it is not finite.
 */
export function lu(a: Like): { p: Tensor; l: Tensor; u: Tensor } {
  const matrix = square(promoteFloats([a])[0]!, "linalg.lu");
  const [packed, order] = bind(p.lu, [matrix], {}) as [Tensor, Tensor];
  const n = matrix.shape[matrix.ndim - 1]!;
  const identity = eye(n, n, { dtype: matrix.dtype });
  return {
    p: matrixTranspose(take(identity, order)),
    l: add(where(triangleMask(n, n, "lower", -1), packed, 0), identity),
    u: where(triangleMask(n, n, "upper"), packed, 0),
  };
}

/**
 * { q, r } with A = Q R, Q of orthonormal columns [..., m, k], R upper triangular [..., k, n], k = min(m, n).
 *
 * The derivative needs linearly independent columns (the first k of a wide A): otherwise there is none, and it is not
 * finite, or of the size of 1 / rounding. `lstsq` and `pinv` have derivatives for matrices of any rank.
 */
export function qr(a: Like): { q: Tensor; r: Tensor } {
  const matrix = promoteFloats([a])[0]!;
  if (matrix.ndim < 2)
    throw new ShapeError(`linalg.qr: needs a matrix, got shape ${formatShape(matrix.shape)}`);
  const [q, r] = bind(p.qr, [matrix], {}) as [Tensor, Tensor];
  return { q, r };
}

/** Refuses anything but square matrices. */
export function square(a: Tensor, where: string): Tensor {
  if (a.ndim < 2 || a.shape[a.ndim - 1] !== a.shape[a.ndim - 2]) {
    throw new ShapeError(`${where}: needs square matrices [..., n, n], got ${formatShape(a.shape)}`);
  }
  return a;
}

/** A and b as [..., n, n] and [..., n, m] of equal batches, and the way back to the shape of b. */
function system(a: Like, b: Like, where: string) {
  const [m, v] = promoteFloats([asTensor(a), asTensor(b)]) as [Tensor, Tensor];
  const vector = v.ndim === 1;
  const columns = vector ? reshape(v, [v.size, 1]) : v;
  square(m, where);
  if (columns.ndim < 2 || columns.shape[columns.ndim - 2] !== m.shape[m.ndim - 1]) {
    throw new ShapeError(
      `${where}: ${formatShape(m.shape)} does not fit the right-hand side ${formatShape(v.shape)}`,
    );
  }
  const batch = broadcastShapes(m.shape.slice(0, -2), columns.shape.slice(0, -2), where);
  return {
    matrix: broadcastTo(m, [...batch, ...m.shape.slice(-2)]),
    rhs: broadcastTo(columns, [...batch, ...columns.shape.slice(-2)]),
    restore: (x: Tensor) => (vector ? reshape(x, x.shape.slice(0, -1)) : x),
  };
}

function checkPivots(factors: Tensor, where: string): void {
  const n = factors.shape[factors.ndim - 1]!;
  checkNumbers(factors, where, (data) => {
    for (let start = 0; start < data.length; start += n * n) {
      for (let i = 0; i < n; i++) {
        if (data[start + i * n + i] === 0) {
          throw new SingularMatrixError(
            `${where}: the matrix is singular: pivot ${String(i)} is exactly zero`,
          );
        }
      }
    }
  });
}

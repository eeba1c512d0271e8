import { ValueError } from "../../errors/index.js";
import { eye } from "../../tensor/create.js";
import type { Like } from "../../tensor/like.js";
import { provide } from "../../tensor/methods/provided.js";
import type { Tensor } from "../../tensor/tensor.js";
import { square } from "../linalg.js";
import { matmul } from "../products.js";
import { promoteFloats } from "../promote.js";
import { broadcastTo } from "../shape.js";
import { solveFor } from "./solve.js";

/**
 * A^-1 of matrices [..., n, n], by LU with partial pivoting. To solve A x = b, `solve` is cheaper and more accurate.
 *
 * @throws SingularMatrixError when a pivot is exactly zero
 * @example
 * ```ts
 * linalg.inv([[0, 2], [4, 0]]); // => [[0, 0.25],\n [0.5, 0]]
 * ```
 */
export function inv(a: Like): Tensor {
  const matrix = square(promoteFloats([a])[0]!, "linalg.inv");
  return inverse(matrix, "linalg.inv");
}

function inverse(matrix: Tensor, where: string): Tensor {
  return solveFor(matrix, identityLike(matrix), where);
}

/**
 * A^n of matrices [..., m, m] for a whole number n, by repeated squaring; of the inverse for negative n, and I for n = 0.
 *
 * @throws ValueError when n is not a whole number
 * @throws SingularMatrixError for negative n, when A is singular
 * @example
 * ```ts
 * linalg.matrixPower([[1, 1], [1, 0]], 10); // => [[89, 55],\n [55, 34]]
 * ```
 */
export function matrixPower(a: Like, n: number): Tensor {
  const matrix = square(promoteFloats([a])[0]!, "linalg.matrixPower");
  if (!Number.isSafeInteger(n)) {
    throw new ValueError(`linalg.matrixPower: the power must be a whole number, got ${String(n)}`);
  }
  let result: Tensor | undefined;
  let power = n < 0 ? inverse(matrix, "linalg.matrixPower") : matrix;
  for (let left = Math.abs(n); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = result === undefined ? power : matmul(result, power);
    if (left > 1) power = matmul(power, power);
  }
  return result ?? identityLike(matrix);
}

/** Identity matrices of the shape and dtype of `matrix`. */
export function identityLike(matrix: Tensor): Tensor {
  const n = matrix.shape[matrix.ndim - 1]!;
  return broadcastTo(eye(n, n, { dtype: matrix.dtype }), matrix.shape);
}

provide({ inv, matrixPower });

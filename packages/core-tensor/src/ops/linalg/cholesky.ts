import { bindOne } from "../../dispatch/index.js";
import * as p from "../../primitives/index.js";
import type { Like } from "../../tensor/like.js";
import { provide } from "../../tensor/methods/provided.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, mul } from "../elementwise.js";
import { square } from "../linalg.js";
import { promoteFloats } from "../promote.js";
import { matrixTranspose } from "../shape.js";

/**
 * L, lower triangular, with L L^T = A, for symmetric positive definite A, [..., n, n]. The symmetric part of A is used.
 *
 * @throws SingularMatrixError when A is not positive definite
 * @example
 * ```ts
 * linalg.cholesky([[4, 2], [2, 5]]); // => [[2, 0],\n [1, 2]]
 * ```
 */
export function cholesky(a: Like): Tensor {
  const matrix = square(promoteFloats([a])[0]!, "linalg.cholesky");
  return bindOne(p.cholesky, [mul(0.5, add(matrix, matrixTranspose(matrix)))], {});
}

provide({ cholesky });

import { bind } from "../../dispatch/index.js";
import { ValueError } from "../../errors/index.js";
import * as p from "../../primitives/index.js";
import type { Like } from "../../tensor/like.js";
import { provide } from "../../tensor/methods/provided.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matrixOf } from "../linalg.js";

/** Whether U and V are square. */
export interface SvdOptions {
  /**
   * Refused: see `svd`.
   *
   * @defaultValue false
   */
  readonly fullMatrices?: boolean;
}

/**
 * The thin singular value decomposition A = U diag(s) V^T of matrices [..., m, n], with k = min(m, n): orthonormal columns
 * `u` [..., m, k], singular values `s` [..., k], descending, and orthonormal rows `vh` = V^T [..., k, n]. By one-sided
 * Jacobi rotations. Signs are fixed by the columns of U, as in `eigh`.
 *
 * **Derivatives.** Singular vectors of repeated values (gap within 64 k eps max s) have none, and those of zero values
 * neither; what would divide by zero is 0 by convention, as in `eigh`, with the same consequences. U V^T and functions of
 * the values alone are right for repeated values. The derivative of a value that is exactly zero is 0, as of abs at 0.
 *
 * `fullMatrices: true` is refused: the vectors that it adds are arbitrary, and so are their derivatives.
 *
 * @throws ShapeError for what is not a matrix
 * @throws ValueError for NaN and infinities, and for `fullMatrices: true`
 * @example
 * ```ts
 * linalg.svd([[3, 0], [0, 4], [0, 0]]).s; // => [4, 3]
 * ```
 */
export function svd(
  a: Like,
  { fullMatrices = false }: SvdOptions = {},
): { u: Tensor; s: Tensor; vh: Tensor } {
  const matrix = matrixOf(a, "linalg.svd");
  if (fullMatrices) {
    throw new ValueError(
      "linalg.svd: fullMatrices: true is not supported: the added vectors are arbitrary and have no derivative. " +
        "Leave it out for the thin decomposition, which reproduces A",
    );
  }
  const [u, s, vh] = bind(p.svd, [matrix], {}) as [Tensor, Tensor, Tensor];
  return { u, s, vh };
}

provide({ svd });

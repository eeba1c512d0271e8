import { bind } from "../../dispatch/index.js";
import { ShapeError, ValueError } from "../../errors/index.js";
import * as p from "../../primitives/index.js";
import { formatShape } from "../../shape/index.js";
import type { Like } from "../../tensor/like.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, mul } from "../elementwise.js";
import { square } from "../linalg.js";
import { promoteFloats } from "../promote.js";
import { matrixTranspose } from "../shape.js";

/**
 * Eigenvalues and eigenvectors of symmetric matrices A [..., n, n]: A = V diag(w) V^T with `eigenvalues` w [..., n],
 * ascending, and orthonormal columns V in `eigenvectors` [..., n, n]. The symmetric part of A is used. By the Jacobi
 * method. The sign of an eigenvector is fixed by its first element of at least 0.4371 of its largest, which is positive.
 *
 * **Derivatives.** dw = diag(V^T dA V) and dV = V (F * V^T dA V), F_ij = 1 / (w_j - w_i). Eigenvectors of a repeated
 * eigenvalue (gap within 64 n eps max |w|) have no derivative: by convention F_ij is 0 there, always finite. At repeated
 * eigenvalues the first derivative is then right for functions of the eigenvalues alone that treat equal ones alike, and
 * for functions of whole eigenspaces, such as their projectors. It is not right for what mixes eigenvalues with their
 * vectors, as V f(w) V^T does, nor are second derivatives: the rotation inside of the space is missing. Matrix functions have better ways (`expm`, `matrixPower`, `inv`).
 *
 * @throws ShapeError for matrices that are not square
 * @throws ValueError for NaN and infinities
 * @example
 * ```ts
 * const { eigenvalues, eigenvectors } = linalg.eigh([[2, 1], [1, 2]]);
 * eigenvalues; // => [1, 3]
 * eigenvectors; // => [[0.70710678, 0.70710678],\n [-0.70710678, 0.70710678]]
 * ```
 */
export function eigh(a: Like): { eigenvalues: Tensor; eigenvectors: Tensor } {
  const matrix = square(promoteFloats([a])[0]!, "linalg.eigh");
  const symmetric = mul(0.5, add(matrix, matrixTranspose(matrix)));
  const [eigenvalues, eigenvectors] = bind(p.eigh, [symmetric], {}) as [Tensor, Tensor];
  return { eigenvalues, eigenvectors };
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
  { fullMatrices = false }: { readonly fullMatrices?: boolean } = {},
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

/** A floating-point tensor of at least two axes. */
export function matrixOf(a: Like, where: string): Tensor {
  const matrix = promoteFloats([a])[0]!;
  if (matrix.ndim < 2)
    throw new ShapeError(`${where}: needs a matrix, got shape ${formatShape(matrix.shape)}`);
  return matrix;
}

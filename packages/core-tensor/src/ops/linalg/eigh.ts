import { bind } from "../../dispatch/index.js";
import * as p from "../../primitives/index.js";
import type { Like } from "../../tensor/like.js";
import { provide } from "../../tensor/methods/provided.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, mul } from "../elementwise.js";
import { square } from "../linalg.js";
import { promoteFloats } from "../promote.js";
import { matrixTranspose } from "../shape.js";

/**
 * Eigenvalues and eigenvectors of symmetric matrices A [..., n, n]: A = V diag(w) V^T with `eigenvalues` w [..., n],
 * ascending, and orthonormal columns V in `eigenvectors` [..., n, n]. The symmetric part of A is used. The sign of an
 * eigenvector is fixed by its first element of at least 0.4371 of its largest, which is positive.
 *
 * By Jacobi rotations up to n = 32, which find each eigenvalue of a definite matrix to rounding relative to itself, however
 * badly A is scaled; above by the QR method on a tridiagonal matrix, where rounding is relative to the largest.
 *
 * **Derivatives.** dw = diag(V^T dA V) and dV = V (F * V^T dA V), F_ij = 1 / (w_j - w_i). Eigenvectors of a repeated
 * eigenvalue (gap within 64 n eps max |w|) have no derivative: by convention F_ij is 0 there, always finite. At repeated
 * eigenvalues the first derivative is then right for functions of the eigenvalues alone that treat equal ones alike, and
 * for functions of whole eigenspaces, such as their projectors. It is not right for what mixes eigenvalues with their
 * vectors, as V f(w) V^T does, nor are second derivatives: the rotation inside of the space is missing. Matrix functions
 * have better ways (`expm`, `matrixPower`, `inv`).
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

provide({ eigh });

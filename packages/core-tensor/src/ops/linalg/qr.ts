import { bind } from "../../dispatch/index.js";
import * as p from "../../primitives/index.js";
import type { Like } from "../../tensor/like.js";
import { provide } from "../../tensor/methods/provided.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matrixOf } from "../linalg.js";

/**
 * { q, r } with A = Q R, Q of orthonormal columns [..., m, k], R upper triangular [..., k, n], k = min(m, n).
 *
 * The derivative needs linearly independent columns (the first k of a wide A): otherwise there is none, and it is not
 * finite, or of the size of 1 / rounding. `lstsq` and `pinv` have derivatives for matrices of any rank.
 *
 * @example
 * ```ts
 * const { q, r } = linalg.qr([[3, 1], [4, 2]]);
 * matmul(q, r); // => [[3, 1],\n [4, 2]]
 * matmul(q.T, q).sub(eye(2)).abs().max().item() < 1e-15; // => true
 * ```
 */
export function qr(a: Like): { q: Tensor; r: Tensor } {
  const [q, r] = bind(p.qr, [matrixOf(a, "linalg.qr")], {}) as [Tensor, Tensor];
  return { q, r };
}

provide({ qr });

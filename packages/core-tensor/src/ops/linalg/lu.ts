import { bind } from "../../dispatch/index.js";
import * as p from "../../primitives/index.js";
import { eye } from "../../tensor/create.js";
import type { Like } from "../../tensor/like.js";
import { provide } from "../../tensor/methods/provided.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, where } from "../elementwise.js";
import { square } from "../linalg.js";
import { promoteFloats } from "../promote.js";
import { matrixTranspose } from "../shape.js";
import { take } from "../take.js";
import { triangleMask } from "../triangle.js";

/**
 * { p, l, u } with A = P L U: P a permutation matrix, L unit lower and U upper triangular, for A of [..., n, n].
 *
 * The derivative needs nonzero pivots but for the last: where another is zero there is none, and it is not finite.
 *
 * @example
 * ```ts
 * const { p, l, u } = linalg.lu([[1, 2], [4, 4]]);
 * l; // => [[1   , 0   ],\n [0.25, 1   ]]
 * u; // => [[4, 4],\n [0, 1]]
 * matmul(p, matmul(l, u)); // => [[1, 2],\n [4, 4]]
 * ```
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

provide({ lu });

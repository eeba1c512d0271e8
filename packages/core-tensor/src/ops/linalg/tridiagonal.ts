import { bindOne } from "../../dispatch/index.js";
import { ShapeError } from "../../errors/index.js";
import * as p from "../../primitives/index.js";
import { broadcastShapes, formatShape, type Shape } from "../../shape/index.js";
import type { Like } from "../../tensor/like.js";
import { provide } from "../../tensor/methods/provided.js";
import type { Tensor } from "../../tensor/tensor.js";
import { promoteFloats } from "../promote.js";
import { broadcastTo, reshape } from "../shape.js";

/**
 * x with T x = b for tridiagonal T, in O(n) by elimination with partial pivoting (as LAPACK's `dgtsv`). Row i of T x is
 *
 *     lower[i] x[i - 1] + diagonal[i] x[i] + upper[i] x[i + 1]
 *
 * The three bands are [..., n], as in JAX: lower[0] and upper[n - 1] lie outside of T, are not read and have derivative 0.
 * b is a vector [n] or a matrix [..., n, m].
 *
 * @throws ShapeError when the bands or b do not fit
 * @throws SingularMatrixError when a pivot is exactly zero
 * @example
 * ```ts
 * linalg.tridiagonalSolve([0, 1, 1], [2, 2, 2], [1, 1, 0], [3, 4, 3]); // => [1, 1, 1]
 * ```
 */
export function tridiagonalSolve(lower: Like, diagonal: Like, upper: Like, b: Like): Tensor {
  const [l, d, u, right] = promoteFloats([lower, diagonal, upper, b]) as [Tensor, Tensor, Tensor, Tensor];
  const vector = right.ndim === 1;
  const columns = vector ? reshape(right, [right.size, 1]) : right;
  const shapes = [l, d, u].map(({ shape }) => shape);
  const n = columns.shape[columns.ndim - 2];
  if (columns.ndim < 2 || shapes.some((shape) => shape.length === 0 || shape[shape.length - 1] !== n)) {
    throw new ShapeError(
      `linalg.tridiagonalSolve: needs three bands of the length of b, got ${shapes.map(formatShape).join(", ")} ` +
        `and b of ${formatShape(right.shape)}; the first of lower and the last of upper are there but not read`,
    );
  }
  const batch = [...shapes.map((shape) => shape.slice(0, -1)), columns.shape.slice(0, -2)].reduce<Shape>(
    (x, y) => broadcastShapes(x, y, "linalg.tridiagonalSolve"),
    [],
  );
  const bands = [l, d, u].map((band) => broadcastTo(band, [...batch, n!]));
  const rhs = broadcastTo(columns, [...batch, ...columns.shape.slice(-2)]);
  const x = bindOne(p.tridiagonalSolve, [...bands, rhs], { transpose: false });
  return vector ? reshape(x, x.shape.slice(0, -1)) : x;
}

provide({ tridiagonalSolve });

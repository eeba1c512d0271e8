import { bindOne } from "../../dispatch/index.js";
import * as p from "../../primitives/index.js";
import type { Like } from "../../tensor/like.js";
import { provide } from "../../tensor/methods/provided.js";
import type { Tensor } from "../../tensor/tensor.js";
import { checkPivots, system } from "../linalg.js";

/** Which triangle of A is read, and how. */
export interface TriangularSolveOptions {
  /**
   * The lower triangle, or the upper one.
   *
   * @defaultValue true
   */
  readonly lower?: boolean;
  /**
   * Solve with T^T.
   *
   * @defaultValue false
   */
  readonly transpose?: boolean;
  /**
   * Take the diagonal as ones, without reading it.
   *
   * @defaultValue false
   */
  readonly unitDiagonal?: boolean;
}

/**
 * x with T x = b for a triangle T of A (the rest of A is not read), or with T^T x = b.
 *
 * @throws SingularMatrixError when an element of the diagonal is exactly zero
 * @example
 * ```ts
 * linalg.triangularSolve([[2, 0], [1, 4]], [2, 9], { lower: true }); // => [1, 2]
 * ```
 */
export function triangularSolve(
  a: Like,
  b: Like,
  { lower = true, transpose = false, unitDiagonal = false }: TriangularSolveOptions = {},
): Tensor {
  const { matrix, rhs, restore } = system(a, b, "linalg.triangularSolve");
  if (!unitDiagonal) checkPivots(matrix, "linalg.triangularSolve");
  return restore(bindOne(p.triangularSolve, [matrix, rhs], { lower, transpose, unitDiagonal }));
}

provide({ triangularSolve });

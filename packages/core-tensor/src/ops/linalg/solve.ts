import { bind, bindOne } from "../../dispatch/index.js";
import * as p from "../../primitives/index.js";
import type { Like } from "../../tensor/like.js";
import { provide } from "../../tensor/methods/provided.js";
import type { Tensor } from "../../tensor/tensor.js";
import { checkPivots, system } from "../linalg.js";
import { stopGradient } from "../stop-gradient.js";

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
  return solveFor(a, b, "linalg.solve");
}

/** `solve` on behalf of another function. */
export function solveFor(a: Like, b: Like, where: string): Tensor {
  const { matrix, rhs, restore } = system(a, b, where);
  const [factors, order] = bind(p.lu, [stopGradient(matrix)], {}) as [Tensor, Tensor];
  checkPivots(factors, where);
  return restore(bindOne(p.luSolve, [matrix, factors, order, rhs], { transpose: false }));
}

provide({ solve });

import { ValueError, type Like, type Tensor } from "@cotangent/core-tensor";
import type { LinearOperator } from "../operators/index.js";
import type { SolveReport } from "../report/index.js";
import { linearSolver, type RightHandSide } from "./linear-solver.js";
import type { LinearSolveOptions } from "./options.js";

/**
 * The solution x of A x = b. Differentiable in A and b, forwards and backwards, to any order:
 *
 *     dx = A^-1 (db - dA x),      cotangents  A^-T ct  of b and  -(A^-T ct) x^T  of A
 *
 * The factorisation of A (and, transposed, the preconditioner) serves all of these. With methods "qr" and "normalCg", A
 * may have more rows than columns, of full column rank: then x minimises ||b - A x||. Inside of `jit` it is one line of the
 * program, which solves when that runs.
 *
 * @param A - a matrix, or an operator
 * @param b - a tree like what A returns (a vector, for a matrix)
 * @returns a tree like what A takes
 * @throws LinearSolveError when the solve, or one inside of a derivative, does not converge (see `onFailure`)
 * @throws ShapeError when A is not square and the method needs it to be
 * @throws TreeError when b is not like what A returns
 * @example
 * ```ts
 * linearSolve([[2, 1], [0, 4]], [4, 8]); // => [1, 2]
 * grad((b: Tensor) => linearSolve([[2, 1], [0, 4]], b).sum())(tensor([4, 8])); // => [0.5, 0.125]
 * ```
 */
export function linearSolve(A: Like, b: Like, options?: LinearSolveOptions): Tensor;
export function linearSolve<X, Y>(
  A: LinearOperator<X, Y>,
  b: RightHandSide<Y>,
  options?: LinearSolveOptions,
): X;
export function linearSolve(A: Like | LinearOperator, b: unknown, options: LinearSolveOptions = {}): unknown {
  return linearSolver(A as LinearOperator, options).solve(b);
}

/**
 * As `linearSolve`, with the report of the solve. Reports of solves inside of derivatives go to the option `onReport`.
 *
 * @example
 * ```ts
 * linearSolveWithReport([[2, 1], [0, 4]], [4, 8]).report.status; // => "converged"
 * ```
 */
export function linearSolveWithReport(
  A: Like,
  b: Like,
  options?: LinearSolveOptions,
): { x: Tensor; report: SolveReport };
export function linearSolveWithReport<X, Y>(
  A: LinearOperator<X, Y>,
  b: RightHandSide<Y>,
  options?: LinearSolveOptions,
): { x: X; report: SolveReport };
export function linearSolveWithReport(
  A: Like | LinearOperator,
  b: unknown,
  options: LinearSolveOptions = {},
): { x: unknown; report: SolveReport } {
  let first: SolveReport | undefined;
  const onReport = (report: SolveReport): void => {
    first ??= report;
    options.onReport?.(report);
  };
  const x = linearSolver(A as LinearOperator, { ...options, onReport }).solve(b);
  if (first === undefined) {
    throw new ValueError(
      "linearSolveWithReport: the numbers are not known yet (inside of jit, or of a tangent), so nothing was solved. " +
        "Use linearSolve with onReport, which is told of every solve when it happens",
    );
  }
  return { x, report: first };
}

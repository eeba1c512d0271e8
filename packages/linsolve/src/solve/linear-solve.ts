import { ShapeError, ValueError, type Like, type Tensor } from "@cotangent/core-tensor";
import type { TreeLike } from "@cotangent/autodiff";
import {
  formatSpace,
  identityOn,
  isLinearOperator,
  leavesIn,
  matrix,
  sameSpace,
  scaled,
  sum,
  toCoordinates,
  treeIn,
  type Claims,
  type LinearOperator,
} from "../operators/index.js";
import type { SolveReport } from "../report/index.js";
import { LinearSystem } from "../system/index.js";
import { solveTraced } from "./differentiate.js";
import { Engine } from "./engine.js";
import { settingsOf, type LinearSolveOptions, type Settings } from "./options.js";
import { problemOf } from "./problem.js";

/** A right-hand side: a tree like the operator's results; for a single tensor anything that can become one. */
export type RightHandSide<Y> = Y extends Tensor ? Like : TreeLike<Y>;

/**
 * The solution x of A x = b. Differentiable in A and b, forwards and backwards, to any order:
 *
 *     dx = A^-1 (db - dA x),      cotangents  A^-T ct  of b and  -(A^-T ct) x^T  of A
 *
 * The factorisation of A (and, transposed, the preconditioner) serves all of these. With methods "qr" and "normalCg", A
 * may have more rows than columns, of full column rank: then x minimises ||b - A x||.
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
  return run(A, b, options).x;
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
  const { x, engine } = run(A, b, options);
  if (engine.first === undefined) {
    throw new ValueError(
      "linearSolveWithReport: b is a tangent whose numbers are not known yet, so nothing was solved. " +
        "Use linearSolve with onReport",
    );
  }
  return { x, report: engine.first };
}

function run(
  A: Like | LinearOperator,
  b: unknown,
  options: LinearSolveOptions,
): { x: unknown; engine: Engine } {
  const settings = settingsOf(options);
  const operator = withRidge(isLinearOperator(A) ? A : matrix(A), options.ridge ?? 0);
  checkSquare(operator, settings);
  checkPreconditioner(operator, options.preconditioner);
  const rhs = leavesIn(operator.codomain, b, "linearSolve: right-hand side");
  const x0 =
    options.x0 === undefined
      ? undefined
      : toCoordinates(operator.domain, leavesIn(operator.domain, options.x0, "linearSolve: x0"));
  const system = new LinearSystem({
    operator,
    claims: claimsOf(operator, options.structure),
    preconditioner: options.preconditioner,
  });
  const engine = new Engine(system, settings, x0);
  const leaves = solveTraced(problemOf(operator, engine), rhs);
  return { x: treeIn(operator.domain, leaves), engine };
}

/** A + ridge I */
function withRidge(A: LinearOperator, ridge: number): LinearOperator {
  if (ridge === 0) return A;
  if (!sameSpace(A.domain, A.codomain)) {
    throw new ShapeError(
      `linearSolve: a ridge needs an operator from a space to itself, but ${A.name} maps ${formatSpace(A.domain)} ` +
        `to ${formatSpace(A.codomain)}`,
    );
  }
  return sum(A, scaled(ridge, identityOn<unknown>(A.domain)));
}

function claimsOf(operator: LinearOperator, structure: LinearSolveOptions["structure"]): Claims {
  if (structure === undefined) return operator.claims;
  return { symmetric: structure !== "general", positiveDefinite: structure === "positiveDefinite" };
}

function checkSquare({ name, domain, codomain }: LinearOperator, { method }: Settings): void {
  const { size: rows } = codomain;
  const { size: columns } = domain;
  if (rows === columns) return;
  const found = `linearSolve: ${name} has ${rows} equations for ${columns} unknowns`;
  if (rows < columns) throw new ShapeError(`${found}: the solution is not unique`);
  if (method.name !== "qr" && method.name !== "normalCg") {
    throw new ShapeError(
      `${found}, which method "${method.name}" cannot solve. For least squares use "qr" or "normalCg"`,
    );
  }
}

function checkPreconditioner({ domain, codomain }: LinearOperator, M: LinearOperator | undefined): void {
  if (M === undefined || (sameSpace(M.domain, codomain) && sameSpace(M.codomain, domain))) return;
  throw new ShapeError(
    `linearSolve: the preconditioner must map ${formatSpace(codomain)} to ${formatSpace(domain)}, but ${M.name} maps ` +
      `${formatSpace(M.domain)} to ${formatSpace(M.codomain)}`,
  );
}

import { ShapeError, tracedOf, type Like, type Tensor } from "@cotangent/core-tensor";
import { isRecording, type TreeLike } from "@cotangent/autodiff";
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
import { LinearSystem } from "../system/index.js";
import { closedSystem } from "./closed-system.js";
import { solveTraced } from "./differentiate.js";
import { Engine } from "./engine.js";
import { settingsOf, type LinearSolveOptions, type Settings, type SolveOverrides } from "./options.js";
import { problemOf } from "./problem.js";
import { recordedSolver, type SolverOf } from "./recorded-solver.js";

/** A right-hand side: a tree like the operator's results; for a single tensor anything that can become one. */
export type RightHandSide<Y> = Y extends Tensor ? Like : TreeLike<Y>;

/** A system that is solved for one right-hand side after the other. */
export interface LinearSolver<X, Y> {
  /** x with A x = b, as `linearSolve` gives it. */
  solve(b: RightHandSide<Y>, overrides?: SolveOverrides): X;
}

/**
 * A x = b for many b: A is prepared once (factored, or probed for its structure), when that is first needed, and the
 * preparation serves all solves and their derivatives.
 *
 * @throws as `linearSolve` does
 * @example
 * ```ts
 * const solver = linearSolver([[2, 1], [0, 4]]);
 * solver.solve([4, 8]); // => [1, 2]
 * solver.solve([2, 0]); // => [1, 0]
 * ```
 */
export function linearSolver(A: Like, options?: LinearSolveOptions): LinearSolver<Tensor, Tensor>;
export function linearSolver<X, Y>(A: LinearOperator<X, Y>, options?: LinearSolveOptions): LinearSolver<X, Y>;
export function linearSolver(
  A: Like | LinearOperator,
  options: LinearSolveOptions = {},
): LinearSolver<unknown, unknown> {
  const settings = settingsOf(options);
  const operator = withRidge(isLinearOperator(A) ? A : matrix(A), options.ridge ?? 0);
  checkSquare(operator, settings);
  checkPreconditioner(operator, options.preconditioner);
  /** The same solver while a program is recorded, if it depends on values that are recorded or differentiated. */
  const recorded = (): LinearSolver<unknown, unknown> | undefined => {
    const { preconditioner, x0: start, ridge: _, ...plain } = options;
    const system = closedSystem({ operator, preconditioner, x0: start });
    if (system.captures.every((x) => tracedOf(x) === undefined)) return undefined;
    return recordedSolver(system, solverWith(plain));
  };
  const now = isRecording() ? recorded() : undefined;
  if (now !== undefined) return now;
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
  const problem = problemOf(operator, engine);
  return {
    solve: (b, overrides) => {
      const later = system.traces.length > 0 && isRecording() ? recorded() : undefined;
      if (later !== undefined) return later.solve(b, overrides);
      const rhs = leavesIn(operator.codomain, b, "linearSolve: right-hand side");
      const at =
        overrides === undefined ? problem : problemOf(operator, engine.with(settingsOf(options, overrides)));
      return treeIn(operator.domain, solveTraced(at, rhs));
    },
  };
}

/** Apart, so that a recorded solve does not keep the operator that it was recorded with. */
function solverWith(options: LinearSolveOptions): SolverOf {
  return ({ operator, preconditioner, x0 }, overrides) =>
    linearSolver<unknown, unknown>(operator, {
      ...options,
      ...overrides,
      ...(preconditioner && { preconditioner }),
      ...(x0 === undefined ? {} : { x0 }),
    });
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

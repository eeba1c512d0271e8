import { vjp } from "@cotangent/autodiff";
import type { LinearOperator } from "../operators/index.js";
import { linearSolve, type LinearSolveOptions } from "../solve/index.js";
import { difference, dot, norm } from "../vector/index.js";
import { OperatorLawError } from "./law-error.js";
import { coordinatesOf, product, randomVector, treeOf } from "./vectors.js";

/** What errors of solves may add up to, relative to the vectors involved. */
const TOLERANCE = 1e-9;

/**
 * A linearSolve(A, b) = b, and the transposed solve is the transpose of the solve: <c, A^-1 b> = <A^-T c, b>.
 *
 * @throws OperatorLawError
 */
export function checkSolve(A: LinearOperator, seed: number, options: LinearSolveOptions = {}): void {
  const b = randomVector(A.codomain.size, seed);
  const c = randomVector(A.domain.size, seed + 1);
  const { value, pullback } = vjp(
    (rhs: unknown): unknown => linearSolve(A, rhs, options),
    treeOf(A.codomain, b),
  );
  const x = coordinatesOf(A.domain, value);
  const gap = norm(difference(product(A, x), b));
  if (!(gap <= TOLERANCE * norm(b))) {
    throw new OperatorLawError("solve", `A x = b is not solved: ||A x - b|| = ${gap} for ${A.name}`);
  }
  const y = coordinatesOf(A.codomain, pullback(treeOf(A.domain, c))[0]);
  const [left, right] = [dot(c, x), dot(y, b)];
  if (Math.abs(left - right) <= TOLERANCE * (norm(c) * norm(x) + norm(y) * norm(b))) return;
  throw new OperatorLawError(
    "solve",
    `the transposed solve with ${A.name} is wrong: <c, A^-1 b> = ${left}, but <A^-T c, b> = ${right}`,
  );
}

import { epsilonOf, type LinearOperator } from "../operators/index.js";
import { difference, dot, norm } from "../vector/index.js";
import { OperatorLawError } from "./law-error.js";
import { product, randomVector } from "./vectors.js";

/** Rounding errors that a product may have, in units of roundoff per unknown. */
const ROUNDING = 64;

/**
 * A (a v + w) = a A v + A w
 *
 * @throws OperatorLawError
 */
export function checkLinear(A: LinearOperator, seed: number): void {
  const n = A.domain.size;
  const [v, w] = [randomVector(n, seed), randomVector(n, seed + 1)];
  const [av, aw] = [product(A, v), product(A, w)];
  const left = product(
    A,
    v.map((value, i) => -3 * value + w[i]!),
  );
  const right = av.map((value, i) => -3 * value + aw[i]!);
  const gap = norm(difference(left, right));
  if (gap <= tolerance(A) * (3 * norm(av) + norm(aw) + norm(left))) return;
  throw new OperatorLawError(
    "linear",
    `${A.name} is not linear: A (a v + w) and a A v + A w differ by ${gap}`,
  );
}

/**
 * <u, A v> = <A^T u, v>
 *
 * @throws OperatorLawError
 */
export function checkTranspose(A: LinearOperator, seed: number): void {
  const v = randomVector(A.domain.size, seed);
  const u = randomVector(A.codomain.size, seed + 1);
  const [av, atu] = [product(A, v), product(A.transpose(), u)];
  const [left, right] = [dot(u, av), dot(atu, v)];
  if (Math.abs(left - right) <= tolerance(A) * (norm(u) * norm(av) + norm(atu) * norm(v))) return;
  throw new OperatorLawError(
    "transpose",
    `the transpose of ${A.name} is wrong: <u, A v> = ${left}, but <A^T u, v> = ${right}`,
  );
}

/**
 * The matrix of `materialise`, if there is one, is the one of `apply`.
 *
 * @throws OperatorLawError
 */
export function checkMaterialise(A: LinearOperator, seed: number): void {
  const matrix = A.materialise?.();
  if (matrix === undefined) return;
  const v = randomVector(A.domain.size, seed);
  const av = product(A, v);
  const other = Float64Array.from(matrix.matmul(v).toTypedArray());
  const gap = norm(difference(av, other));
  const size = norm(Float64Array.from(matrix.toTypedArray())) * norm(v);
  if (gap <= tolerance(A) * size) return;
  throw new OperatorLawError("materialise", `the matrix of ${A.name} is not the one of its products: ${gap}`);
}

function tolerance({ domain, codomain }: LinearOperator): number {
  return ROUNDING * (1 + Math.max(domain.size, codomain.size)) * epsilonOf(domain, codomain);
}

import { matmul, ShapeError } from "@cotangent/core-tensor";
import type { LinearOperator } from "./operator.js";
import { formatSpace, sameSpace } from "./space.js";

/**
 * The product of operators, the last applied first, as in matrix notation: compose(A, B) is x -> A (B x).
 *
 * @throws ShapeError when an operator does not take what the next one returns
 * @example
 * ```ts
 * compose(matrix([[1, 1]]), diagonal(tensor([2, 3]))).apply(tensor([1, 1])); // => [5]
 * ```
 */
export function compose<X, Y>(A: LinearOperator<X, Y>): LinearOperator<X, Y>;
export function compose<X, M, Y>(A: LinearOperator<M, Y>, B: LinearOperator<X, M>): LinearOperator<X, Y>;
export function compose<X, L, M, Y>(
  A: LinearOperator<M, Y>,
  B: LinearOperator<L, M>,
  C: LinearOperator<X, L>,
): LinearOperator<X, Y>;
export function compose(...factors: readonly LinearOperator[]): LinearOperator;
export function compose(...factors: readonly LinearOperator[]): LinearOperator {
  const last = factors.at(-1);
  if (last === undefined) throw new ShapeError("compose: needs at least one operator");
  return factors.slice(0, -1).reduceRight(pair, last);
}

/** x -> A (B x) */
function pair(B: LinearOperator, A: LinearOperator): LinearOperator {
  if (!sameSpace(B.codomain, A.domain)) {
    throw new ShapeError(
      `compose: ${A.name} takes ${formatSpace(A.domain)}, but ${B.name} returns ${formatSpace(B.codomain)}`,
    );
  }
  const operator: LinearOperator = {
    name: `compose(${A.name}, ${B.name})`,
    domain: B.domain,
    codomain: A.codomain,
    claims: {},
    apply: (x) => A.apply(B.apply(x)),
    transpose: () => pair(A.transpose(), B.transpose()),
  };
  if (A.materialise === undefined || B.materialise === undefined) return operator;
  return { ...operator, materialise: () => matmul(A.materialise!(), B.materialise!()) };
}

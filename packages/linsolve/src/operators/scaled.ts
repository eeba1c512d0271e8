import {
  allNumbers,
  asTensor,
  mul,
  ShapeError,
  formatShape,
  tracedOf,
  type Like,
} from "@cotangent/core-tensor";
import { tree } from "@cotangent/autodiff";
import { claimsSymmetry, claimsThat, type LinearOperator } from "./operator.js";

/**
 * The multiple c A of an operator. The number c may be traced.
 *
 * @example
 * ```ts
 * scaled(2, matrix([[1, 2], [3, 4]])).apply(tensor([1, 1])); // => [6, 14]
 * ```
 */
export function scaled<X, Y = X>(c: Like, A: LinearOperator<X, Y>): LinearOperator<X, Y> {
  const factor = asTensor(c);
  if (factor.ndim !== 0)
    throw new ShapeError(`scaled: the factor must be a scalar, got ${formatShape(factor.shape)}`);
  const claims = claimsThat(
    claimsSymmetry(A.claims),
    A.claims.positiveDefinite === true && isPositive(factor),
  );
  const operator: LinearOperator<X, Y> = {
    name: `scaled(${A.name})`,
    domain: A.domain,
    codomain: A.codomain,
    claims,
    apply: (x) => tree.scale(factor, A.apply(x)) as Y,
    transpose: () => scaled(factor, A.transpose()),
  };
  if (A.materialise === undefined) return operator;
  return { ...operator, materialise: () => mul(factor, A.materialise!()) };
}

/** A factor whose number is not known yet (a variable of a tape) is not known to be positive. */
function isPositive(factor: ReturnType<typeof asTensor>): boolean {
  const traced = tracedOf(factor);
  if (traced !== undefined && traced.primal === undefined) return false;
  return allNumbers(factor, "scaled").every((value) => value > 0);
}

import { tree } from "@cotangent/autodiff";
import { add as addTensors, ShapeError } from "@cotangent/core-tensor";
import { claimsSymmetry, claimsThat, type Claims, type LinearOperator } from "./operator.js";
import { formatSpace, sameSpace } from "./space.js";

/**
 * The sum of operators between the same spaces: x -> A x + B x + ...
 *
 * @throws ShapeError for no operator at all, or when the spaces differ
 */
export function sum<X, Y = X>(
  first: LinearOperator<X, Y>,
  ...rest: readonly LinearOperator<NoInfer<X>, NoInfer<Y>>[]
): LinearOperator<X, Y> {
  const terms = [first, ...rest];
  for (const term of rest) {
    if (!sameSpace(term.domain, first.domain) || !sameSpace(term.codomain, first.codomain)) {
      throw new ShapeError(
        `sum: ${first.name} maps ${formatSpace(first.domain)} to ${formatSpace(first.codomain)}, but ` +
          `${term.name} maps ${formatSpace(term.domain)} to ${formatSpace(term.codomain)}`,
      );
    }
  }
  const operator: LinearOperator<X, Y> = {
    name: `sum(${terms.map(({ name }) => name).join(", ")})`,
    domain: first.domain,
    codomain: first.codomain,
    claims: claimsOfSum(terms),
    apply: (x) => terms.map((term) => term.apply(x)).reduce((a, b) => tree.add(a, b) as Y),
    transpose: () => {
      const [one, ...others] = terms.map((term) => term.transpose());
      return sum(one!, ...others);
    },
  };
  const parts = terms.map((term) => term.materialise?.bind(term));
  if (!parts.every((part) => part !== undefined)) return operator;
  return { ...operator, materialise: () => parts.map((part) => part()).reduce((a, b) => addTensors(a, b)) };
}

/** A sum keeps what all of its terms have. */
function claimsOfSum(terms: readonly LinearOperator<never, unknown>[]): Claims {
  return claimsThat(
    terms.every(({ claims }) => claimsSymmetry(claims)),
    terms.every(({ claims }) => claims.positiveDefinite === true),
  );
}

import { linearSolve } from "@cotangent/linsolve";
import type { Adjoint } from "./adjoint.js";
import type { AdjointSolveOptions } from "./auto.js";

/**
 * The exact derivative without forming dF/dx, by products alone: conjugate gradients where the conditions make dF/dx
 * symmetric positive definite, MINRES where it is only symmetric, else GMRES. The tolerance is on the residual.
 */
export function krylov(options: AdjointSolveOptions = {}): Adjoint {
  return {
    name: "krylov",
    usesOperator: true,
    tangent: ({ conditions, operator, rhs, onReport }) =>
      linearSolve(operator, rhs, {
        method: methodFor(conditions.claims),
        ...options,
        onFailure: "return",
        onReport,
      }),
  };
}

function methodFor(claims: { readonly symmetric?: boolean; readonly positiveDefinite?: boolean }) {
  if (claims.positiveDefinite === true) return "cg";
  return claims.symmetric === true ? "minres" : "gmres";
}

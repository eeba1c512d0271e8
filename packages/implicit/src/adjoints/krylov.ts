import type { ConditionsAdjoint } from "./adjoint.js";
import { solving, type AdjointSolveOptions } from "./auto.js";

/**
 * The exact derivative without forming dF/dx, by products alone: conjugate gradients where the conditions make dF/dx
 * symmetric positive definite, MINRES where it is only symmetric, else GMRES. The tolerance is on the residual.
 */
export function krylov(options: AdjointSolveOptions = {}): ConditionsAdjoint {
  return {
    name: "krylov",
    differentiates: "conditions",
    prepare: (system) => solving(system, { method: methodFor(system.conditions.claims), ...options }),
  };
}

function methodFor(claims: { readonly symmetric?: boolean; readonly positiveDefinite?: boolean }) {
  if (claims.positiveDefinite === true) return "cg";
  return claims.symmetric === true ? "minres" : "gmres";
}

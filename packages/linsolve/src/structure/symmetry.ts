import type { LinearSystem } from "../system/index.js";
import { dot, norm, probeVector } from "../vector/index.js";

/** What two products with random vectors u, v say about A. */
export interface SymmetryProbe {
  readonly symmetric: boolean;
  /** No random vector met <v, A v> <= 0. */
  readonly maybePositiveDefinite: boolean;
  readonly finite: boolean;
  /** The numbers that decided. */
  readonly witness: string;
}

/** Asymmetry that rounding in the products may cause, in units of roundoff. */
const ROUNDING = 1e5;

/**
 * <u, A v> = <A u, v> for random u, v. A matrix that is not symmetric passes with probability zero; one that is passes up
 * to rounding.
 */
export function probeSymmetry(system: LinearSystem): SymmetryProbe {
  const { multiply } = system.view(false);
  const u = probeVector(system.columns, 1);
  const v = probeVector(system.columns, 2);
  const au = multiply(u);
  const av = multiply(v);
  const left = dot(u, av);
  const right = dot(au, v);
  const size = norm(u) * norm(av) + norm(au) * norm(v);
  const finite = Number.isFinite(size);
  const symmetric = Math.abs(left - right) <= ROUNDING * system.epsilon * size;
  const curvature = Math.min(dot(u, au), dot(v, av));
  const maybePositiveDefinite = symmetric && (curvature > 0 || system.columns === 0);
  const numbers = `<u, A v> = ${left.toExponential(6)} and <A u, v> = ${right.toExponential(6)} for random u, v`;
  const witness = finite ? numbers : "a product with a random vector is not finite";
  return { symmetric, maybePositiveDefinite, finite, witness };
}

import { dot, norm, probeVector } from "../vector/index.js";

/** What two products with random vectors u, v say about A. */
export interface SymmetryProbe {
  readonly symmetric: boolean;
  /** Symmetric, and neither u nor v met <x, A x> <= 0. */
  readonly maybePositiveDefinite: boolean;
  readonly finite: boolean;
  /** The numbers that decided. */
  readonly witness: string;
}

/** Asymmetry that rounding in the products may cause, in units of roundoff. */
const ROUNDING = 1e5;

/**
 * Checks <u, A v> = <A u, v> for random u, v. A matrix that is not symmetric passes with probability zero, one that is
 * symmetric passes up to rounding.
 */
export function probeSymmetry(
  multiply: (x: Float64Array) => Float64Array,
  size: number,
  epsilon: number,
): SymmetryProbe {
  const u = probeVector(size, 1);
  const v = probeVector(size, 2);
  const au = multiply(u);
  const av = multiply(v);
  const left = dot(u, av);
  const right = dot(au, v);
  const bound = norm(u) * norm(av) + norm(au) * norm(v);
  const finite = Number.isFinite(bound);
  const symmetric = Math.abs(left - right) <= ROUNDING * epsilon * bound;
  const curvature = Math.min(dot(u, au), dot(v, av));
  const numbers = `<u, A v> = ${left.toExponential(6)} and <A u, v> = ${right.toExponential(6)} for random u, v`;
  return {
    symmetric,
    maybePositiveDefinite: symmetric && (curvature > 0 || size === 0),
    finite,
    witness: finite ? numbers : "a product with a random vector is not finite",
  };
}

import type { MethodName } from "./method-name.js";

/**
 * How a solve ended. Only "converged" means that x is a solution.
 *
 * - "converged": the true residual is within the tolerance, or at the level of rounding errors
 * - "maxIterations": the limit was reached first
 * - "stagnated": more iterations do not reduce the residual any further
 * - "breakdown": the method met something that it cannot work with (the report says what)
 * - "singular": the matrix is singular to working precision
 * - "nonFinite": NaN or an infinity in A, b or on the way
 */
export type SolveStatus =
  "converged" | "maxIterations" | "stagnated" | "breakdown" | "singular" | "nonFinite";

/** What a linear solve did. Counts are of this solve alone, so that the sum over all reports is the total. */
export interface SolveReport {
  readonly status: SolveStatus;
  /** The method that gave x. */
  readonly method: MethodName;
  /** Why this method, and why this status. */
  readonly because: string;
  /** Iterations of an iterative method, restarts included; 0 for a direct one. */
  readonly iterations: number;
  /**
   * ||b - A x||, recomputed from x; for least squares (A not square) the residual of the normal equations,
   * ||A^T (b - A x)||.
   */
  readonly residual: number;
  /** The residual divided by ||b|| (for least squares by ||A^T b||). */
  readonly relativeResidual: number;
  /** The condition number in the 1-norm, by direct methods; of more than 32 unknowns an estimate. */
  readonly condition?: number;
  /** Products with A and A^T. */
  readonly products: number;
  readonly factorisations: number;
  /** By iterative methods: the relative residual, as the iteration knows it, at the start of each iteration. */
  readonly history?: readonly number[];
  /** Was this A^T x = b, a solve inside of a reverse-mode derivative? */
  readonly transposed: boolean;
}

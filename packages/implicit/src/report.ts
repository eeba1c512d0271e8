import type { SolveReport } from "@cotangent/linsolve";

/** What is known of a solution and of the linear solves that its derivatives needed. */
export interface ImplicitReport {
  /** The `name` given to `implicit`. */
  readonly name: string;
  /** How the derivative is taken. */
  readonly adjoint: string;
  /** Which conditions hold at the solution. */
  readonly conditions: string;
  /** ‖F(x, theta)‖_2 at the point that `solve` returned; null until it was needed. */
  residual: number | null;
  /**
   * Estimate of the distance ‖x - x*‖_2 to the exact solution: the length of one Newton step, ‖(dF/dx)^-1 F‖. The
   * error of the derivative is proportional to it. null until a derivative was asked for.
   */
  distance: number | null;
  /** The linear solve of that estimate; null where none was needed. */
  certificate: SolveReport | null;
  /** One report per linear solve, in order, forward and backward ones alike; it grows as derivatives are played. */
  readonly solves: SolveReport[];
}

/** The report of a solution of which no derivative has been asked for yet. */
export function emptyReport(name: string, adjoint: string, conditions: string): ImplicitReport {
  return { name, adjoint, conditions, residual: null, distance: null, certificate: null, solves: [] };
}

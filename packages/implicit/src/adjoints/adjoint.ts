import type { LinearOperator, SolveReport } from "@cotangent/linsolve";
import type { Conditions } from "../conditions/index.js";

/** The linear system of one derivative: find dx with (dF/dx) dx = rhs, where rhs = -(dF/dtheta) dtheta. */
export interface AdjointProblem {
  readonly conditions: Conditions<never, never>;
  /** dF/dx at the solution. */
  readonly operator: LinearOperator;
  /** A tree like x; to be used linearly. */
  readonly rhs: unknown;
  /** To be told of every linear solve, at once or when a pullback is played later; throws for one that failed. */
  readonly onReport: (report: SolveReport) => void;
}

/**
 * How the derivative of a solution is taken. A strategy either solves (an approximation of) the linear system, or
 * differentiates `solve` itself.
 */
export interface Adjoint {
  readonly name: string;
  /** dx, linear in the right-hand side; absent when the solve itself is differentiated. */
  readonly tangent?: (problem: AdjointProblem) => unknown;
  /** Refuses conditions that this strategy cannot serve. */
  readonly check?: (conditions: Conditions<never, never>) => void;
  /** Does `tangent` use dF/dx? */
  readonly usesOperator: boolean;
}

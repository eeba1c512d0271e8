import type { LinearOperator, SolveReport } from "@cotangent/linsolve";
import type { Conditions } from "../conditions/index.js";

/** The linear system of the derivatives at one solution: (dF/dx) dx = rhs with rhs = -(dF/dtheta) dtheta. */
export interface AdjointSystem {
  readonly conditions: Pick<Conditions<never, never>, "name" | "claims" | "isFixedPoint">;
  /** dF/dx at the solution; made when first asked for. */
  readonly operator: () => LinearOperator;
  /** To be told of every linear solve, at once or when a pullback is played later; throws for one that failed. */
  readonly onReport: (report: SolveReport) => void;
  /** To be told of the linear solve of an estimate, which may fail. */
  readonly onEstimate: (report: SolveReport) => void;
}

/** The system, prepared for any number of right-hand sides: trees like x. */
export interface AdjointSolver {
  /** dx, linear in the right-hand side. */
  readonly tangent: (rhs: unknown) => unknown;
  /** dx to about one digit, of plain numbers: it tells how far away a solution is. */
  readonly estimate: (rhs: unknown) => unknown;
}

/** A strategy that follows the implicit function theorem, or approximates it. */
export interface ConditionsAdjoint {
  readonly name: string;
  readonly differentiates: "conditions";
  /** Refuses conditions that this strategy cannot serve. */
  readonly check?: (conditions: Pick<Conditions<never, never>, "name" | "isFixedPoint">) => void;
  /** Gets ready to solve one system for several right-hand sides. */
  readonly prepare: (system: AdjointSystem) => AdjointSolver;
}

/** A strategy that runs `solve` itself under the transformation. */
export interface SolveAdjoint {
  readonly name: string;
  readonly differentiates: "solve";
}

/** How the derivative of a solution is taken. */
export type Adjoint = ConditionsAdjoint | SolveAdjoint;

import { CotangentError } from "@cotangent/core-tensor";
import type { ImplicitReport } from "../report.js";

/** The conditions do not hold at the point that `solve` returned, so there is no derivative to speak of. */
export class ConditionsError extends CotangentError {
  override readonly name: string = "ConditionsError";

  constructor(
    message: string,
    readonly report: ImplicitReport,
  ) {
    super("CONDITIONS", message);
  }
}

/** `solve` returned something that is not a solution: NaN, infinity, or a tree that the conditions do not fit. */
export class SolutionError extends CotangentError {
  override readonly name: string = "SolutionError";

  constructor(message: string) {
    super("SOLUTION", message);
  }
}

/** The linear system of the derivative could not be solved: a singular Jacobian, no convergence, NaN. */
export class DerivativeError extends CotangentError {
  override readonly name: string = "DerivativeError";

  constructor(
    message: string,
    readonly report: ImplicitReport,
  ) {
    super("DERIVATIVE", message);
  }
}

/** An adjoint that these conditions do not provide what it needs. */
export class AdjointError extends CotangentError {
  override readonly name: string = "AdjointError";

  constructor(message: string) {
    super("ADJOINT", message);
  }
}

import { CotangentError } from "@cotangent/core-tensor";
import type { SolveReport, SolveStatus } from "./report.js";

/** A linear solve that did not converge; `report` says how far it came. */
export class LinearSolveError extends CotangentError {
  override readonly name: string = "LinearSolveError";

  constructor(readonly report: SolveReport) {
    super("LINEAR_SOLVE", describe(report));
  }
}

function describe({
  status,
  method,
  because,
  iterations,
  relativeResidual,
  transposed,
}: SolveReport): string {
  const what = `linearSolve: ${method}${transposed ? " (transposed system)" : ""} ended as "${status}"`;
  const where = `after ${iterations} iterations, with relative residual ${relativeResidual.toExponential(2)}`;
  return `${what} ${where}: ${because}. ${advice[status]}`;
}

const advice: Record<SolveStatus, string> = {
  converged: "",
  maxIterations: "Raise maxIterations, loosen tolerance, give a preconditioner, or use a direct method",
  stagnated: "Loosen tolerance, use a direct method, or scale the system",
  breakdown: "Use a method for the structure that A really has (minres, gmres, lu), or auto",
  singular: "The solution is not unique or does not exist: add a ridge, or remove dependent equations",
  nonFinite: "Look for NaN or infinity in A and b, and for overflow in the function behind A",
};

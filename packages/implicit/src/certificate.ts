import { ConditionsError } from "./errors/errors.js";
import { lengthOf } from "./length.js";
import type { ImplicitReport } from "./report.js";

/** When is a point too far from a solution to be differentiated at? */
export interface CertifyOptions {
  /**
   * The largest allowed estimate of ‖x - x*‖_2, relative to 1 + ‖x‖_2.
   * @defaultValue 1e-3
   */
  readonly tolerance?: number;
}

/** A point, its residual there, and what solves with (or stands in for) dF/dx. */
interface Candidate {
  readonly x: unknown;
  readonly residual: unknown;
  readonly estimate: (rhs: unknown) => unknown;
}

/**
 * Estimates how far x is from the exact solution, and refuses one that is too far: there the implicit function theorem
 * describes another point's derivative.
 *
 * The residual alone has the units of F, so the estimate is the Newton step ‖(dF/dx)^-1 F‖, which has those of x. It is
 * only wanted to one digit.
 */
export function certifySolution(
  { x, residual, estimate }: Candidate,
  report: ImplicitReport,
  { tolerance = 1e-3 }: CertifyOptions,
): void {
  const scale = 1 + lengthOf(x, report.name);
  const size = lengthOf(residual, report.name);
  report.residual = size;
  report.distance = size === 0 || !Number.isFinite(size) ? size : newtonStep(estimate, residual, report.name);
  if (report.distance <= tolerance * scale) return;
  throw new ConditionsError(
    `${report.name}: the conditions (${report.conditions}) do not hold at the point that solve returned: ` +
      `‖F(x, theta)‖ = ${show(size)}, about ${show(report.distance)} away from a solution (allowed: ` +
      `${show(tolerance)} (1 + ‖x‖) = ${show(tolerance * scale)}). Likely causes: solve stopped too early; solve and ` +
      "conditions describe different problems; theta is used differently in them. To differentiate here all the " +
      "same, pass certify: false",
    report,
  );
}

/** ‖(dF/dx)^-1 F‖, or the residual itself where that system cannot be solved: the derivative's own solve reports that. */
function newtonStep(estimate: (rhs: unknown) => unknown, residual: unknown, name: string): number {
  const length = lengthOf(estimate(residual), name);
  return Number.isFinite(length) ? length : lengthOf(residual, name);
}

function show(value: number): string {
  return value.toExponential(1);
}

import type { ImplicitReport } from "@cotangent/implicit";
import type { Residuals } from "./result.js";

/** The worst residuals that the reports of a run tell of. */
export function largestResiduals(reports: readonly ImplicitReport[]): Residuals {
  const solves = reports.flatMap((report) => report.solves);
  const methods = new Set(solves.map(({ method }) => method));
  return {
    inner: Math.max(...reports.map(({ residual }) => residual ?? NaN)),
    backward: Math.max(...solves.map(({ relativeResidual }) => relativeResidual)),
    backwardMethod: [...methods].join(", "),
  };
}

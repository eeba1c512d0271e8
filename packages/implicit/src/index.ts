/**
 * Derivatives of solutions, from the conditions that hold there.
 *
 * @module @cotangent/implicit
 */
export * from "./adjoints/index.js";
export type { CertifyOptions } from "./certificate.js";
export * from "./conditions/index.js";
export { customFixedPoint, customRoot } from "./custom-root.js";
export type { CustomOptions, DifferentiableSolver, InitSolver } from "./custom-root.js";
export { AdjointError, ConditionsError, DerivativeError, SolutionError } from "./errors/errors.js";
export { implicit } from "./implicit.js";
export type { ImplicitFunction, ImplicitOptions } from "./implicit.js";
// What solvers build on.
export { afterRun } from "./after-run.js";
export { recordedSolution } from "./recorded-solution.js";
export type { RecordedSolve } from "./recorded-solution.js";
export { emptyReport } from "./report.js";
export type { ImplicitReport } from "./report.js";

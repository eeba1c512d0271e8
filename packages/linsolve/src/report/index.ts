export { LinearSolveError } from "./error.js";
export type { MethodName } from "./method-name.js";
export type { SolveReport, SolveStatus } from "./report.js";

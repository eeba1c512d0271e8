export { linearSolve, linearSolveWithReport } from "./linear-solve.js";
export type { RightHandSide } from "./linear-solve.js";
export type { LinearSolveOptions } from "./options.js";

export { linearSolve, linearSolveWithReport } from "./linear-solve.js";
export { linearSolver } from "./linear-solver.js";
export type { LinearSolver, RightHandSide } from "./linear-solver.js";
export type { LinearSolveOptions, SolveOverrides } from "./options.js";

export { linearSolve, linearSolveWithReport } from "./linear-solve.js";
export { linearSolver } from "./linear-solver.js";
export type { LinearSolver, RightHandSide, SolveOverrides } from "./linear-solver.js";
export type { LinearSolveOptions } from "./options.js";

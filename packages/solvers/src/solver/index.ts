export { createSolver } from "./create-solver.js";
export type { Solver, ThetaArgument } from "./create-solver.js";
export type { IterativeSolver, SolverState, Update } from "./iterative-solver.js";
export type { Iteration, SolverOptions } from "./options.js";
export type { Compilation, Routines } from "./routines.js";
export type { Solution, Status } from "./solution.js";

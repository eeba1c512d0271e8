export type { Adjoint, AdjointSolver, AdjointSystem, ConditionsAdjoint, SolveAdjoint } from "./adjoint.js";
export { auto } from "./auto.js";
export type { AdjointSolveOptions } from "./auto.js";
export { direct } from "./direct.js";
export { krylov } from "./krylov.js";
export { oneStep } from "./one-step.js";
export { unroll } from "./unroll.js";

/**
 * Linear solves that report how they went and are differentiable.
 *
 * @module @cotangent/linsolve
 */
export {
  compose,
  diagonal,
  fromFunction,
  hessian,
  identity,
  jacobian,
  matrix,
  scaled,
  sparse,
  sum,
  transpose,
} from "./operators/index.js";
export type { Claims, FromFunctionOptions, LinearOperator, MatrixOptions, Space } from "./operators/index.js";
export { auto, bicgstab, cg, cholesky, gmres, lu, minres, normalCg, qr } from "./methods/index.js";
export type { GmresOptions, Goal, Method, Outcome, Prepared } from "./methods/index.js";
export { LinearSolveError } from "./report/index.js";
export type { MethodName, SolveReport, SolveStatus } from "./report/index.js";
export { linearSolve, linearSolver, linearSolveWithReport } from "./solve/index.js";
export type { LinearSolveOptions, LinearSolver, RightHandSide, SolveOverrides } from "./solve/index.js";
// What methods of your own, and implicit differentiation, are written with.
export { jacobianFor } from "./operators/index.js";
export { LinearSystem } from "./system/index.js";
export type { SystemParts, View } from "./system/index.js";

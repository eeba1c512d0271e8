/**
 * Solvers whose solutions are differentiable; proximal operators, projections, objectives, losses.
 *
 * @module @cotangent/solvers
 */
/** Losses of single predictions. */
export * as loss from "./loss/index.js";
/** Objectives over a data set. */
export * as objective from "./objective/index.js";
/** Projections onto convex sets. */
export * as projection from "./projection/index.js";
/** Proximal operators. */
export * as prox from "./prox/index.js";
export { NotConvergedError } from "./solver/not-converged-error.js";
export * from "./gradient/index.js";
export * from "./second-order/index.js";
export * from "./solver/index.js";
export type { StepSizeOption } from "./step-size/step-size.js";

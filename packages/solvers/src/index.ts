export * as loss from "./loss/index.js";
export * as objective from "./objective/index.js";
export * as projection from "./projection/index.js";
export * as prox from "./prox/index.js";
export { NotConvergedError } from "./solver/not-converged-error.js";
export * from "./gradient/index.js";
export * from "./second-order/index.js";
export * from "./solver/index.js";
export type { StepSizeOption } from "./step-size/step-size.js";

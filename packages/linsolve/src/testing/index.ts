/**
 * Checks of linear operators and solves, as properties for fast-check.
 *
 * @module @cotangent/linsolve/testing
 */
export { arbMatrix } from "./arb-matrix.js";
export type { ArbMatrixOptions } from "./arb-matrix.js";
export { checkLinear, checkMaterialise, checkTranspose } from "./check-operator.js";
export { checkSolve } from "./check-solve.js";
export { OperatorLawError } from "./law-error.js";
export type { OperatorLaw } from "./law-error.js";
/** Laws of linear operators and solves, as properties for fast-check. */
export * as laws from "./laws.js";
export type { OperatorProperty } from "./laws.js";

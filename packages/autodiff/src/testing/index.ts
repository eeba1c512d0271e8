/**
 * Checks of derivatives, for one point or as properties for fast-check.
 *
 * @module @cotangent/autodiff/testing
 */
export { arbShape } from "./arb-shape.js";
export type { ArbShapeOptions } from "./arb-shape.js";
export { arbTensor } from "./arb-tensor.js";
export type { ArbTensorOptions } from "./arb-tensor.js";
export { arbTree } from "./arb-tree.js";
export type { ArbTreeOptions, TensorTree } from "./arb-tree.js";
export { checkDerivatives } from "./check-derivatives.js";
export type { CheckOptions } from "./check-derivatives.js";
export { isSameWithJit, jitCompositions } from "./jit-compositions.js";
export type { JitComposition } from "./jit-compositions.js";
export { DerivativeError } from "./derivative-error.js";
export type { DerivativeFailure, Law } from "./derivative-error.js";
/** Laws of derivatives, as properties for fast-check. */
export * as laws from "./laws.js";
export type { LawProperty, TaylorLawOptions } from "./laws.js";

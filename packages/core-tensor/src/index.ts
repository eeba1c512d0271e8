/**
 * Tensors in float64 with NumPy's names: making them, what is computed with them, linear algebra, random numbers.
 *
 * @module @cotangent/core-tensor
 */
export * from "./tensor/index.js";
export * from "./ops/index.js";
export * from "./print/index.js";
/** Random numbers from explicit keys, with the bits of `jax.random`. */
export * as random from "./random/index.js";
export type { DType, TypedArray } from "./dtype/index.js";
export * from "./errors/index.js";
export type { Axes, Shape } from "./shape/index.js";
// What transformations and extensions build on.
export {
  bind,
  bindOne,
  checkTraced,
  formatOrigin,
  heldTraces,
  hold,
  isolate,
  liveTraces,
  originOf,
  peel,
  placeOfUser,
  resumable,
  topTrace,
  tracedOf,
  tracing,
  withTrace,
} from "./dispatch/index.js";
export type { Origin, Trace, Traced } from "./dispatch/index.js";
export { expressionOf, fuse } from "./fuse/index.js";
export type { Expression } from "./fuse/index.js";
export {
  broadcastShapes,
  formatShape,
  normalizeAxes,
  normalizeAxis,
  sameShape,
  sizeOf,
} from "./shape/index.js";
export { isFloat, promote } from "./dtype/index.js";
export { hostKernels } from "./simd/index.js";
export type { ModuleState } from "./simd/index.js";
/** The operations that have rules: what they compute, and what shapes they give. For extensions. */
export * as primitives from "./primitives/index.js";
export type { Abstract, Primitive, PrimitiveName, PrimitiveParams } from "./primitives/index.js";
export { kernelCatalogue } from "./kernels/catalogue.js";

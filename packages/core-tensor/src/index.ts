export * from "./tensor/index.js";
export * from "./ops/index.js";
export * as random from "./random/index.js";
export type { DType, TypedArray } from "./dtype/index.js";
export * from "./errors/index.js";
export type { Axes, Shape } from "./shape/index.js";
// What transformations and extensions build on.
export {
  bind,
  bindOne,
  checkTraced,
  heldTraces,
  hold,
  isolate,
  liveTraces,
  peel,
  resumable,
  topTrace,
  tracedOf,
  tracing,
  withTrace,
} from "./dispatch/index.js";
export type { Trace, Traced } from "./dispatch/index.js";
export { expressionOf, fuse } from "./fuse/index.js";
export type { Expression } from "./fuse/index.js";
export {
  broadcastShapes,
  formatShape,
  normalizeAxes,
  normalizeAxis,
  sameShape,
  sizeOf,
  stridesOf,
} from "./shape/index.js";
export { isFloat, isTypedArray, promote } from "./dtype/index.js";
export * as primitives from "./primitives/index.js";
export type { Abstract, Primitive, PrimitiveName, PrimitiveParams } from "./primitives/index.js";
export { fusedLoop } from "./plan/fused-loop.js";
export { Plan } from "./plan/plan.js";
export type { PlanDescription, SlotView, StepDescription } from "./plan/description.js";
export type { PlanMemory } from "./plan/memory.js";
export type { Access, FusedKernel, FusedValue } from "./plan/fused-kernel.js";
export { textOf } from "./kernels/fused.js";
export { kernelCatalogue } from "./kernels/catalogue.js";

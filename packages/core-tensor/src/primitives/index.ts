/**
 * The operations that have rules: what they compute, and what shapes they give. For rules and extensions.
 *
 * @module @cotangent/core-tensor/primitives
 */
export * from "./elementwise.js";
export * from "./fused.js";
export * from "./gamma.js";
export * from "./indexing.js";
export * from "./layout.js";
export * from "./linalg.js";
export * from "./product.js";
export * from "./random.js";
export * from "./reduction.js";
export * from "./scan.js";
export * from "./special.js";
export * from "./spectral.js";
export * from "./tridiagonal.js";
export type {
  NoParams,
  PrimitiveName,
  PrimitiveParams,
  RandomSampleParams,
  SliceParams,
  TriangularSolveParams,
} from "./params.js";
export type { Abstract, HostTensor, Primitive } from "./primitive.js";

import type { Expression } from "../fuse/expression.js";
import type { DType } from "../dtype/index.js";
import type { Shape } from "../shape/index.js";

/** A primitive without parameters. */
export type NoParams = object;

/**
 * Every primitive by name, with its parameters. The rule tables of autodiff are mapped types over these names, so the
 * compiler lists what a new primitive must provide.
 */
export interface PrimitiveParams {
  // elementwise, one operand
  neg: NoParams;
  abs: NoParams;
  sign: NoParams;
  floor: NoParams;
  ceil: NoParams;
  round: NoParams;
  exp: NoParams;
  expm1: NoParams;
  log: NoParams;
  log1p: NoParams;
  sqrt: NoParams;
  square: NoParams;
  reciprocal: NoParams;
  sin: NoParams;
  cos: NoParams;
  tan: NoParams;
  asin: NoParams;
  acos: NoParams;
  atan: NoParams;
  sinh: NoParams;
  cosh: NoParams;
  tanh: NoParams;
  sigmoid: NoParams;
  softplus: NoParams;
  relu: NoParams;
  erf: NoParams;
  erfc: NoParams;
  erfinv: NoParams;
  lgamma: NoParams;
  polygamma: { readonly order: number };
  isFinite: NoParams;
  isNaN: NoParams;
  logicalNot: NoParams;
  cast: { readonly dtype: DType };
  stopGradient: NoParams;
  // elementwise, two or three operands
  add: NoParams;
  sub: NoParams;
  mul: NoParams;
  div: NoParams;
  pow: NoParams;
  atan2: NoParams;
  mod: NoParams;
  logaddexp: NoParams;
  maximum: NoParams;
  minimum: NoParams;
  equal: NoParams;
  notEqual: NoParams;
  less: NoParams;
  lessEqual: NoParams;
  greater: NoParams;
  greaterEqual: NoParams;
  logicalAnd: NoParams;
  logicalOr: NoParams;
  where: NoParams;
  fused: { readonly expression: Expression };
  // reductions and scans
  sum: { readonly axes: readonly number[] };
  max: { readonly axes: readonly number[] };
  min: { readonly axes: readonly number[] };
  cumsum: { readonly axis: number; readonly reverse: boolean };
  argsort: { readonly axis: number };
  // products
  matmul: { readonly transposeA: boolean; readonly transposeB: boolean };
  // shape
  reshape: { readonly shape: Shape };
  transpose: { readonly axes: readonly number[] };
  broadcastTo: { readonly shape: Shape };
  slice: SliceParams;
  place: { readonly shape: Shape; readonly starts: readonly number[]; readonly steps: readonly number[] };
  concatenate: { readonly axis: number };
  take: { readonly axis: number };
  scatterAdd: { readonly axis: number; readonly length: number; readonly indexRank: number };
  // linear algebra
  triangularSolve: TriangularSolveParams;
  cholesky: NoParams;
  lu: NoParams;
  completePivoting: NoParams;
  luSolve: { readonly transpose: boolean };
  qr: NoParams;
  eigh: NoParams;
  svd: NoParams;
  svdSolve: { readonly transpose: boolean; readonly cutoff: number };
  tridiagonalSolve: { readonly transpose: boolean };
  // random numbers
  randomSample: RandomSampleParams;
  randomFold: NoParams;
  randomGamma: NoParams;
  randomGammaSlope: NoParams;
  truncatedNormalQuantile: NoParams;
  lerp: NoParams;
}

/** Element k of the output along an axis is element start + k step of the input; steps may be negative. */
export interface SliceParams {
  readonly starts: readonly number[];
  readonly lengths: readonly number[];
  readonly steps: readonly number[];
}

/** Which triangle of A is read, and whether A or A^T is solved with. */
export interface TriangularSolveParams {
  readonly lower: boolean;
  readonly transpose: boolean;
  readonly unitDiagonal: boolean;
}

/** What is drawn for every key: int32 words and bits, floats, or whole numbers in [minval, maxval). */
export type RandomSampleParams = { readonly shape: Shape } & (
  | { readonly sampler: "words" | "bits"; readonly dtype: "int32" }
  | { readonly sampler: "uniform" | "normal"; readonly dtype: "float64" | "float32" }
  | { readonly sampler: "integer"; readonly dtype: "int32"; readonly minval: number; readonly maxval: number }
);

/** The names of all primitives: every table of rules has one for each. */
export type PrimitiveName = keyof PrimitiveParams;

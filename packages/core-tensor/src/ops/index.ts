export { relu, sigmoid, softplus } from "./activations.js";
export { ceil, floor, logaddexp, mod, round } from "./arithmetic.js";
export * from "./compare.js";
export { diag, diagonal, trace } from "./diagonal.js";
export type { DiagonalOptions } from "./diagonal.js";
export { einsum, einsumPath } from "./einsum.js";
export type { EinsumPath } from "./einsum.js";
export {
  abs,
  add,
  astype,
  clip,
  div,
  exp,
  expm1,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  reciprocal,
  rsqrt,
  sign,
  sqrt,
  square,
  sub,
  where,
} from "./elementwise.js";
export { concatenate, split, stack } from "./join.js";
/** Linear algebra: solves, factorisations and what follows from them. */
export * as linalg from "./linalg/index.js";
export { norm } from "./norm.js";
export { cumprod, prod } from "./prod.js";
export { dot, matmul, outer, vdot } from "./products.js";
export { argmax, argmin } from "./arg-extremum.js";
export type { ArgOptions } from "./arg-extremum.js";
export { at } from "./at.js";
export type { AtIndex, TensorPart } from "./at.js";
export { tensordot } from "./tensordot.js";
export type { TensordotAxes } from "./tensordot.js";
export { topK } from "./top-k.js";
export { all, any } from "./truth.js";
export { std, variance } from "./variance.js";
export type { VarianceOptions } from "./variance.js";
export { cumsum, logSoftmax, logsumexp, max, mean, min, softmax, sum } from "./reduce.js";
export type { ReduceOptions } from "./reduce.js";
export { repeat, tile } from "./repeat.js";
export { roll } from "./roll.js";
export { broadcastTo, expandDims, matrixTranspose, ravel, reshape, squeeze, transpose } from "./shape.js";
export { flip, pad, slice } from "./slice.js";
export type { Range } from "./slice.js";
export { argsort, sort } from "./sort.js";
export { digamma, lgamma } from "./gamma.js";
export { erf, erfc, erfinv } from "./special.js";
export { stopGradient } from "./stop-gradient.js";
export { oneHot, take, takeAlongAxis } from "./take.js";
export { tril, triu } from "./triangle.js";
export { acos, asin, atan, atan2, cos, cosh, sin, sinh, tan, tanh } from "./trigonometric.js";

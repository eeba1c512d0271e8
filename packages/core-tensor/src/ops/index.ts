export { logaddexp, mod, round } from "./arithmetic.js";
export * from "./compare.js";
export {
  abs,
  add,
  astype,
  ceil,
  clip,
  cos,
  div,
  exp,
  expm1,
  floor,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  reciprocal,
  relu,
  rsqrt,
  sigmoid,
  sign,
  sin,
  softplus,
  sqrt,
  square,
  sub,
  tan,
  tanh,
  where,
} from "./elementwise.js";
export { concatenate, split, stack } from "./join.js";
export * as linalg from "./linalg.js";
export { norm } from "./norm.js";
export { dot, matmul, outer, vdot } from "./products.js";
export { cumsum, logSoftmax, logsumexp, max, mean, min, softmax, sum } from "./reduce.js";
export type { ReduceOptions } from "./reduce.js";
export { broadcastTo, expandDims, matrixTranspose, ravel, reshape, squeeze, transpose } from "./shape.js";
export { flip, pad, slice } from "./slice.js";
export type { Range } from "./slice.js";
export { argsort, sort } from "./sort.js";
export { digamma, erf, erfc, erfinv, lgamma } from "./special.js";
export { stopGradient } from "./stop-gradient.js";
export { diag, oneHot, take, takeAlongAxis, trace } from "./take.js";
export { tril, triu } from "./triangle.js";
export { acos, asin, atan, atan2, cosh, sinh } from "./trigonometric.js";

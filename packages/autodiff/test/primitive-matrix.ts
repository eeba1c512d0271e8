import fc from "fast-check";
import {
  bind,
  bindOne,
  expressionOf,
  full,
  fuse,
  primitives as p,
  stopGradient,
  tensor,
  where,
  type Primitive,
  type PrimitiveName,
  type Tensor,
} from "@cotangent/core-tensor";
import { arbShape, arbTensor } from "@cotangent/autodiff/testing";
import {
  apart,
  bands,
  betweenIntegers,
  broadcasting,
  distinct,
  fullRank,
  indices,
  joinable,
  leastSquares,
  offPoles,
  parts,
  permuted,
  positive,
  products,
  quarters,
  real,
  small,
  spread,
  systems,
  triangles,
  withAxes,
  withAxis,
  type Operands,
} from "./arb-cases.js";

/** One application of a primitive: what it is bound to, and the same as a function of its free operands. */
export interface Application {
  readonly free: readonly Tensor[];
  readonly inputs: readonly Tensor[];
  readonly params: object;
  readonly run: (...free: readonly Tensor[]) => readonly Tensor[];
}

/** How a primitive is tested. */
export interface Row {
  readonly primitive: Primitive;
  /** "constant" is for those whose derivative is zero by definition or because their values are whole numbers. */
  readonly derivative: "smooth" | "constant";
  readonly applications: fc.Arbitrary<Application>;
}

type Prepare = (free: readonly Tensor[]) => readonly Tensor[];

function row<P extends object>(
  derivative: Row["derivative"],
  primitive: Primitive<string, P>,
  cases: fc.Arbitrary<Operands<P>>,
  prepare: Prepare = (free) => free,
): Row {
  const applications = cases.map(({ inputs: free, params }) => ({
    free,
    inputs: prepare(free),
    params,
    run: (...xs: readonly Tensor[]) => bind(primitive, prepare(xs), params),
  }));
  return { primitive: primitive, derivative, applications };
}

const bare = <T extends readonly Tensor[]>(inputs: fc.Arbitrary<T>) =>
  inputs.map((xs) => ({ inputs: xs, params: {} }));
const map = (primitive: Primitive, ...domains: readonly fc.Arbitrary<number>[]) =>
  row("smooth", primitive, bare(broadcasting(...domains)));
const flat = (primitive: Primitive, ...domains: readonly fc.Arbitrary<number>[]) =>
  row("constant", primitive, bare(broadcasting(...domains)));
const condition: Prepare = ([c, ...rest]) => [tensor(c!, { dtype: "bool" }), ...rest];
/** A base alone, negative ones too, gets a whole exponent. */
const wholePower: Prepare = ([a, b]) => [a!, b ?? full([], a!.ndim % 2 === 0 ? 3 : -2)];
const symmetric: Prepare = ([a]) => [a!.add(a!.matrixTranspose()).mul(0.5)];
const factored: Prepare = ([a, b]) => [a!, ...bind(p.lu, [stopGradient(a!)], {}), b!];
const decomposed: Prepare = ([a, b]) => [a!, ...bind(p.svd, [stopGradient(a!)], {}), b!];
const keyed: Prepare = ([k, ...rest]) => [tensor(k!, { dtype: "int32" }), ...rest.map(stopGradient)];
const weighted: Prepare = ([lower, upper]) => [full(lower!.shape, 0.3125), lower!, upper!];
const someKey = tensor([17, -4]);
const arbInterval = arbShape().chain((shape) =>
  fc.tuple(
    arbTensor({ shape, elements: fc.integer({ min: 1, max: 15 }).map((k) => k / 16) }),
    arbTensor({ shape, elements: fc.integer({ min: -32, max: 0 }).map((k) => k / 16) }),
    arbTensor({ shape, elements: fc.integer({ min: 8, max: 32 }).map((k) => k / 16) }),
  ),
);
const anyTensor = arbTensor();
const ordered = distinct(arbShape({ minRank: 1, minLength: 1 }));
const either = fc.boolean();

/** Expressions with shared parts, constants, and operands that some steps do not have. */
const fusions: fc.Arbitrary<Application> = fc
  .tuple(
    broadcasting(real, real, positive),
    fc.constantFrom<(...xs: Tensor[]) => Tensor>(
      (a, b, c) => a.mul(b).add(c.log().mul(a)),
      (a, b, c) => a.sub(b).sin().square().mul(c).mul(-0.5),
      (a, b, c) => where(a.greater(0.1), a.tanh(), b.exp()).div(c),
    ),
  )
  .map(([free, f]) => ({
    free,
    inputs: free,
    params: {
      expression: expressionOf(
        f,
        free.map(({ dtype }) => dtype),
      ),
    },
    run: (...xs: readonly Tensor[]) => [fuse(f)(...(xs as Tensor[]))],
  }));

/** Every primitive, one line each; the type is total, so that a new one cannot be left out. */
// prettier-ignore
export const primitiveMatrix: { readonly [P in PrimitiveName]: Row } = {
  neg: map(p.neg, real),
  abs: map(p.abs, apart),
  sign: flat(p.sign, apart),
  floor: flat(p.floor, betweenIntegers),
  ceil: flat(p.ceil, betweenIntegers),
  round: flat(p.round, betweenIntegers),
  exp: map(p.exp, real),
  expm1: map(p.expm1, real),
  log: map(p.log, positive),
  log1p: map(p.log1p, positive),
  sqrt: map(p.sqrt, positive),
  square: map(p.square, real),
  reciprocal: map(p.reciprocal, apart),
  sin: map(p.sin, real),
  cos: map(p.cos, real),
  tan: map(p.tan, small),
  asin: map(p.asin, small.map((x) => 0.75 * x)),
  acos: map(p.acos, small.map((x) => 0.75 * x)),
  atan: map(p.atan, real),
  sinh: map(p.sinh, real),
  cosh: map(p.cosh, real),
  tanh: map(p.tanh, real),
  sigmoid: map(p.sigmoid, real),
  softplus: map(p.softplus, real),
  relu: map(p.relu, apart),
  erf: map(p.erf, real),
  erfc: map(p.erfc, real),
  erfinv: map(p.erfinv, small.map((x) => 0.75 * x)),
  lgamma: map(p.lgamma, offPoles),
  polygamma: row("smooth", p.polygamma, fc.tuple(broadcasting(offPoles), fc.nat(2)).map(([inputs, order]) => ({ inputs, params: { order } }))),
  isFinite: flat(p.isFinite, real),
  isNaN: flat(p.isNaN, real),
  logicalNot: flat(p.logicalNot, apart),
  cast: row("smooth", p.cast, anyTensor.chain((x) => fc.constantFrom("float32" as const, "float64" as const).map((dtype) => ({ inputs: [x], params: { dtype } })))),
  stopGradient: flat(p.stopGradient, real),
  add: map(p.add, real, real),
  sub: map(p.sub, real, real),
  mul: map(p.mul, real, real),
  div: map(p.div, real, apart),
  pow: row("smooth", p.pow, fc.oneof(bare(broadcasting(positive, real)), bare(broadcasting(apart))), wholePower),
  atan2: map(p.atan2, apart, apart),
  mod: map(p.mod, betweenIntegers, fc.constantFrom(1, -1)),
  logaddexp: map(p.logaddexp, real, real),
  maximum: map(p.maximum, quarters, betweenIntegers),
  minimum: map(p.minimum, quarters, betweenIntegers),
  equal: flat(p.equal, quarters, betweenIntegers),
  notEqual: flat(p.notEqual, quarters, betweenIntegers),
  less: flat(p.less, quarters, betweenIntegers),
  lessEqual: flat(p.lessEqual, quarters, betweenIntegers),
  greater: flat(p.greater, quarters, betweenIntegers),
  greaterEqual: flat(p.greaterEqual, quarters, betweenIntegers),
  logicalAnd: flat(p.logicalAnd, apart, apart),
  logicalOr: flat(p.logicalOr, apart, apart),
  where: row("smooth", p.where, bare(broadcasting(fc.nat(1), real, real)).map(({ inputs, params }) => ({ inputs: condition(inputs), params }))),
  fused: { primitive: p.fused, derivative: "smooth", applications: fusions },
  sum: row("smooth", p.sum, withAxes(arbTensor({ shape: arbShape({ minRank: 1 }) }))),
  max: row("smooth", p.max, withAxes(ordered)),
  min: row("smooth", p.min, withAxes(ordered)),
  cumsum: row("smooth", p.cumsum, withAxis().chain(({ x, axis }) => fc.boolean().map((reverse) => ({ inputs: [x], params: { axis, reverse } })))),
  argsort: row("constant", p.argsort, ordered.map((x) => ({ inputs: [x], params: { axis: x.ndim - 1 } }))),
  matmul: row("smooth", p.matmul, products),
  reshape: row("smooth", p.reshape, anyTensor.map((x) => ({ inputs: [x], params: { shape: [1, ...x.shape].reverse() } }))),
  transpose: row("smooth", p.transpose, permuted.map(({ x, axes }) => ({ inputs: [x], params: { axes } }))),
  broadcastTo: row("smooth", p.broadcastTo, broadcasting(real, real).map(([x, y]) => ({ inputs: [x!], params: { shape: x!.add(y!).shape } }))),
  slice: row("smooth", p.slice, parts.chain(({ shape, ...params }) => arbTensor({ shape }).map((x) => ({ inputs: [x], params })))),
  place: row("smooth", p.place, parts.chain(({ lengths, ...params }) => arbTensor({ shape: lengths }).map((x) => ({ inputs: [x], params })))),
  concatenate: row("smooth", p.concatenate, joinable),
  take: row("smooth", p.take, withAxis(1).chain(({ x, axis }) => indices(x.shape[axis]!).map((index) => ({ inputs: [x, index], params: { axis } })))),
  scatterAdd: row("smooth", p.scatterAdd, withAxis(1).chain(({ x, axis }) => indices(x.shape[axis]!).map((index) => ({ inputs: [bindOne(p.take, [x, index], { axis }), index], params: { axis, length: x.shape[axis]!, indexRank: index.ndim } })))),
  triangularSolve: row("smooth", p.triangularSolve, triangles.chain(([a, b]) => fc.record({ lower: either, transpose: either, unitDiagonal: either }).map((params) => ({ inputs: [a, b], params })))),
  cholesky: row("smooth", p.cholesky, bare(systems.map(([a]) => [a.matmul(a.matrixTranspose())])), symmetric),
  lu: row("smooth", p.lu, bare(systems.map(([a]) => [a]))),
  completePivoting: row("constant", p.completePivoting, bare(systems.map(([a]) => [a]))),
  luSolve: row("smooth", p.luSolve, systems.chain((inputs) => fc.record({ transpose: either }).map((params) => ({ inputs, params }))), factored),
  qr: row("smooth", p.qr, bare(fullRank.map((a) => [a]))),
  eigh: row("smooth", p.eigh, bare(spread.map((a) => [a])).filter(({ inputs: [a] }) => a!.shape.at(-1) === a!.shape.at(-2)), symmetric),
  svd: row("smooth", p.svd, bare(spread.map((a) => [a]))),
  svdSolve: row("smooth", p.svdSolve, leastSquares, decomposed),
  tridiagonalSolve: row("smooth", p.tridiagonalSolve, bands.chain((inputs) => fc.record({ transpose: either }).map((params) => ({ inputs, params })))),
  randomSample: row("constant", p.randomSample, fc.constantFrom("uniform" as const, "normal" as const).map((sampler) => ({ inputs: [someKey], params: { sampler, shape: [3], dtype: "float64" as const } })), keyed),
  randomFold: row("constant", p.randomFold, bare(fc.nat(9).map((i) => [someKey, tensor(i)])), ([k, i]) => [tensor(k!, { dtype: "int32" }), tensor(i!, { dtype: "int32" })]),
  // The derivative in the shape parameter is of first order only: see random-derivatives.test.ts
  randomGamma: row("constant", p.randomGamma, bare(arbTensor({ elements: positive }).map((a) => [someKey, a])), keyed),
  randomGammaSlope: row("constant", p.randomGammaSlope, bare(arbTensor({ elements: positive }).map((a) => [a, a])), (xs) => xs.map(stopGradient)),
  truncatedNormalQuantile: row("smooth", p.truncatedNormalQuantile, bare(arbInterval.map(([, lower, upper]) => [lower, upper])), weighted),
  lerp: row("smooth", p.lerp, bare(arbInterval)),
};

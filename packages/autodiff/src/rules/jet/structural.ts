import {
  div,
  equal,
  mul,
  primitives as p,
  reshape,
  sum,
  type Primitive,
  type PrimitiveParams,
} from "@cotangent/core-tensor";
import { bilinear, constant, linear, selecting } from "./families.js";
import type { JetRule } from "./rule.js";

/** The mean over the elements that attain the extremum. */
const extremum = <P extends "max" | "min">(primitive: Primitive<P, PrimitiveParams[P]>) =>
  selecting<P>(primitive, ([x], extreme, { axes }) => {
    const kept = x!.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
    const attained = equal(x!, reshape(extreme, kept)).astype(x!.dtype);
    const weights = div(attained, sum(attained, { axis: axes, keepDims: true }));
    return ([t]) => sum(mul(t!, weights), { axis: axes });
  });

/** Reductions, products, and moving elements. */
export const structuralJet = {
  fused: ((_, { inputs, params, trace }) => [
    trace.coefficientsOf(params.expression.run(inputs)),
  ]) as JetRule<"fused">,
  sum: linear(p.sum),
  max: extremum(p.max),
  min: extremum(p.min),
  cumsum: linear(p.cumsum),
  argsort: constant(p.argsort),
  matmul: bilinear(p.matmul),
  reshape: linear(p.reshape),
  transpose: linear(p.transpose),
  broadcastTo: linear(p.broadcastTo),
  slice: linear(p.slice),
  place: linear(p.place),
  concatenate: linear(p.concatenate),
  take: linear(p.take, [0]),
  scatterAdd: linear(p.scatterAdd, [0]),
};

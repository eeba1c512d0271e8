import { div, equal, mul, reshape, sum } from "@cotangent/core-tensor";
import { bilinear, constant, linear, linearIn, selecting } from "./families.js";
import type { JetRule } from "./rule.js";

/** The mean over the elements that attain the extremum. */
const extremum = <P extends "max" | "min">() =>
  selecting<P>(([x], extreme, { axes }) => {
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
  sum: linear,
  max: extremum(),
  min: extremum(),
  cumsum: linear,
  argsort: constant,
  matmul: bilinear,
  reshape: linear,
  transpose: linear,
  broadcastTo: linear,
  slice: linear,
  place: linear,
  concatenate: linear,
  take: linearIn(0),
  scatterAdd: linearIn(0),
};

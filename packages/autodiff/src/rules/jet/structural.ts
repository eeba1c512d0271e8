import { div, equal, mul, reshape, sum } from "@cotangent/core-tensor";
import { bilinear, constant, linear, linearIn, selecting } from "./families.js";

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

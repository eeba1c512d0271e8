import { div, equal, mul, reshape, sum, type PrimitiveName } from "@cotangent/core-tensor";
import { along, each, linear, zero } from "../rule.js";

/** d max(x) = mean of dx over the elements that attain the maximum: ties share evenly. */
const extremum = <P extends "max" | "min">() =>
  each<P>((t, { inputs: [x], output, params: { axes } }) => {
    const kept = x!.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
    const attained = equal(x!, reshape(output, kept)).astype(x!.dtype);
    const weights = div(attained, sum(attained, { axis: axes, keepDims: true }));
    return sum(mul(t, weights), { axis: axes });
  });

/** Reductions, scans and products. */
export const reductionJvp = {
  sum: linear,
  max: extremum<"max">(),
  min: extremum<"min">(),
  cumsum: linear,
  argsort: zero,
  matmul: each<"matmul">(along(0), along(1)),
} satisfies Partial<Record<PrimitiveName, unknown>>;

import fc from "fast-check";
import type { Tensor } from "@cotangent/core-tensor";
import { at, build, indicesOf, shapes, tensorsOf } from "./naive.js";

/** A tensor and some of its axes, counted from either end. */
export const withAxes = shapes(1).chain((shape) =>
  fc.tuple(tensorsOf(shape), fc.subarray([...shape.keys()]), fc.boolean()).map(([x, axes, fromEnd]) => ({
    x,
    axes,
    given: fromEnd ? axes.map((axis) => axis - shape.length) : axes,
  })),
);

/** For every kept index the elements that are reduced. */
export function groups(x: Tensor, axes: readonly number[], reduce: (values: number[]) => number): Tensor {
  const kept = x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
  const reduced = x.shape.map((n, axis) => (axes.includes(axis) ? n : 1));
  return build(kept, (index) =>
    reduce(
      indicesOf(reduced).map((inner) =>
        at(
          x,
          inner.map((i, axis) => i + index[axis]!),
        ),
      ),
    ),
  );
}

import fc from "fast-check";
import { tensor, type DType, type Shape, type Tensor } from "@cotangent/core-tensor";

/** All multi-indices of a shape, row-major. */
export function indicesOf(shape: Shape): number[][] {
  return shape.reduce<number[][]>(
    (all, n) => all.flatMap((index) => Array.from({ length: n }, (_, i) => [...index, i])),
    [[]],
  );
}

/** The element at a multi-index; an axis of length 1 repeats, and missing leading axes too. */
export function at(x: Tensor, index: readonly number[]): number {
  const own = index.slice(index.length - x.ndim);
  const position = x.shape.reduce((p, n, axis) => p * n + (n === 1 ? 0 : own[axis]!), 0);
  return x.toTypedArray()[position]!;
}

/** A tensor of a shape from a function of the multi-index. */
export function build(shape: Shape, f: (index: number[]) => number, dtype: DType = "float64"): Tensor {
  return tensor(Float64Array.from(indicesOf(shape), f), { shape, dtype });
}

/** A shape with axes of lengths 0 to 3. */
export const shapes = (minLength = 0, maxLength = 3) => fc.array(fc.nat(3), { minLength, maxLength });

const eighths = fc.integer({ min: -40, max: 40 }).map((k) => k / 8);

/** A tensor of small numbers whose sums and products are exact. */
export function tensorsOf(
  shape: Shape,
  elements: fc.Arbitrary<number> = eighths,
  dtype: DType = "float64",
): fc.Arbitrary<Tensor> {
  const size = shape.reduce((a, b) => a * b, 1);
  return fc
    .array(elements, { minLength: size, maxLength: size })
    .map((values) => tensor(Float64Array.from(values), { shape, dtype }));
}

/** Two tensors whose shapes broadcast, and the common shape. */
export const broadcastPairs = shapes().chain((shape) => {
  const part = fc
    .tuple(fc.nat(shape.length), fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }))
    .map(([from, stretched]) => shape.map((n, axis) => (stretched[axis] === true ? 1 : n)).slice(from));
  return fc.tuple(part, part).chain(([a, b]) => fc.tuple(tensorsOf(a), tensorsOf(b)));
});

/** Numbers where functions break: NaN, infinities, zeros of both signs, ties. */
export const special = fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1, -1, 2, 2, 0.5);

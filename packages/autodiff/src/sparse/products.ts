import { reshape, take, Tensor, zeros, type Abstract } from "@cotangent/core-tensor";
import { imagesOf } from "../transforms/images-of-units.js";
import type { Colouring } from "./colouring/colouring.js";

/** x -> A x for vectors x, and the shapes and dtypes of x and A x. */
export interface VectorMap {
  readonly domain: Abstract;
  readonly codomain: Abstract;
  readonly apply: (x: Tensor) => Tensor;
}

/** Sums of the columns of A: for every colour A s, with s = 1 at the columns of that colour. [colours, m] */
export function columnSums({ domain, codomain, apply }: VectorMap, { colours, count }: Colouring): Tensor {
  const [m, n] = [codomain.shape[0]!, domain.shape[0]!];
  if (count === 0) return zeros([0, m], { dtype: codomain.dtype });
  const seeds = new Float64Array(count * n);
  colours.forEach((colour, j) => {
    if (colour >= 0) seeds[colour * n + j] = 1;
  });
  const vectors = new Tensor([count, n], "float64", seeds).astype(domain.dtype);
  return imagesOf(vectors, (x) => [apply(x)], Math.max(m, n))[0]!;
}

/** The entries of a matrix from sums of its columns, given the places where they stand among these, raveled. */
export function entriesAt(places: Int32Array, sums: Tensor): Tensor {
  return take(reshape(sums, [sums.size]), new Tensor([places.length], "int32", places));
}

import { bindOne, primitives as p, tensor, type Tensor } from "@cotangent/core-tensor";
import { placesOfEntries, type Csr } from "@cotangent/autodiff";

/** A sparse matrix with its zeros. */
export function denseOf({ data, ...pattern }: Csr<Tensor>): Tensor {
  const [m, n] = pattern.shape;
  const { rows, columns } = placesOfEntries(pattern, "denseOf");
  const places = tensor(rows.map((i, k) => i * n + columns[k]!));
  return bindOne(p.scatterAdd, [data, places], { axis: 0, length: m * n, indexRank: 1 }).reshape([m, n]);
}

/** The largest difference between two tensors of one shape, relative to the largest element. */
export function differenceOf(a: Tensor, b: Tensor): number {
  const largest = (x: Tensor) =>
    Array.from(x.toTypedArray()).reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return largest(a.sub(b)) / Math.max(1e-300, largest(a), largest(b));
}

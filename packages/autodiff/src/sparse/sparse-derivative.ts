import type { Abstract, Tensor } from "@cotangent/core-tensor";
import { checkEntries } from "./check-entries.js";
import type { Compression } from "./colouring/compression.js";
import { csrPattern, type Csr } from "./pattern/csr.js";
import { rowOfEntries, type Pattern } from "./pattern/pattern.js";
import { columnSums, entriesAt } from "./products.js";

/** A sparse derivative, and what it took. */
export interface SparseDerivative extends Csr<Tensor> {
  /** How often the derivative was multiplied with a vector: once for every colour, and once for the check. */
  readonly products: number;
}

/** A matrix J by its products. */
export interface ByProducts {
  readonly domain: Abstract;
  readonly codomain: Abstract;
  /** J v */
  readonly forward: (v: Tensor) => Tensor;
  /** J^T u */
  readonly backward: (u: Tensor) => Tensor;
}

/** The entries of a matrix from its products with sums of unit vectors, checked by one more. */
export function fromProducts(
  matrix: ByProducts,
  pattern: Pattern,
  { by, colouring, places }: Compression,
  where: string,
): SparseDerivative {
  const { domain, codomain, forward, backward } = matrix;
  const map =
    by === "columns"
      ? { domain, codomain, apply: forward }
      : { domain: codomain, codomain: domain, apply: backward };
  const sums = columnSums(map, colouring);
  const data = entriesAt(places, sums);
  const [i, j] = [rowOfEntries(pattern), pattern.indices];
  const [rows, columns] = by === "columns" ? [i, j] : [j, i];
  const checks = checkEntries({ map, rows, columns, data, colouring, sums }, where);
  return { data, ...csrPattern(pattern), products: colouring.count + checks };
}

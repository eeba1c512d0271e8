import type { MatmulLayout } from "../../kernels/contract.js";
import { products } from "../../simd/index.js";
import { residentOf, transposed, type Floats, type Matrix } from "./matrix.js";
import { isNarrow, narrowProduct } from "./narrow.js";
import { product } from "./product.js";
import { vectorProduct } from "./vector-product.js";

/** Below these numbers of products of two numbers, copies cost more than is won; plain float32 is slow. */
const smallest = {
  float64: { product: 12 ** 3, narrow: 6 ** 3, vector: 20 ** 2 },
  float32: { product: 6 ** 3, narrow: 6 ** 3, vector: 10 ** 2 },
};

/**
 * The batched matrix product in WebAssembly SIMD, with the bits of the plain loops. Returns false where the plain loops are
 * as fast, or the only ones there are.
 */
export function simdMatmul(
  a: Floats,
  b: Floats,
  layout: MatmulLayout,
  batches: number,
  out: Floats,
): boolean {
  const { m, n, k, batchA, rowA, innerA, batchB, innerB, columnB } = layout;
  if (isSmall(layout, out) || products.kernels() === undefined) return false;
  const residentA = m > 1 ? residentOf(a) : undefined;
  const residentB = n > 1 ? residentOf(b) : undefined;
  for (let batch = 0; batch < batches; batch++) {
    const startA = batch * batchA;
    const startB = batch * batchB;
    const to = batch * m * n;
    const left: Matrix = {
      array: a,
      start: startA,
      rows: m,
      columns: k,
      row: rowA,
      column: innerA,
      resident: residentA,
    };
    const right: Matrix = {
      array: b,
      start: startB,
      rows: k,
      columns: n,
      row: innerB,
      column: columnB,
      resident: residentB,
    };
    const done =
      n === 1
        ? vectorProduct(left, b, startB, out, to)
        : m === 1
          ? vectorProduct(transposed(right), a, startA, out, to)
          : isNarrow(m, n)
            ? narrowProduct(left, right, out, to)
            : product(left, right, out, to);
    if (!done) return false;
  }
  return true;
}

/** Sums of single products are not the business of these kernels, and tiles of 4 rows not for less. */
function isSmall({ m, n, k }: MatmulLayout, out: Floats): boolean {
  const least = smallest[out instanceof Float64Array ? "float64" : "float32"];
  if (m === 1 || n === 1) return m * n * k < least.vector || m * n === 1;
  return m * n * k < (isNarrow(m, n) ? least.narrow : least.product) || Math.max(m, n) < 4;
}

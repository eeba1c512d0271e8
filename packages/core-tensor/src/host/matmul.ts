import type { TypedArray } from "../dtype/index.js";
import type { MatmulLayout } from "../kernels/contract.js";

/**
 * The hot replacement of `matmulKernel` on the host. It adds the same products in the same order (k upwards), so the
 * bits are equal; it only chooses the loop order that walks memory forwards.
 */
export function matmul(
  a: TypedArray,
  b: TypedArray,
  layout: MatmulLayout,
  batches: number,
  out: TypedArray,
): void {
  const { m, n, k, batchA, batchB } = layout;
  for (let batch = 0; batch < batches; batch++) {
    const startA = batch * batchA;
    const startB = batch * batchB;
    const startOut = batch * m * n;
    if (n === 1 && layout.innerA !== 1 && layout.rowA === 1 && k > 1) {
      columnsTimesVector(a, startA, b, startB, layout, out, startOut);
    } else if (layout.innerB !== 1 && n > 1) {
      rowsByAxpy(a, startA, b, startB, layout, out, startOut);
    } else {
      rowsByDot(a, startA, b, startB, layout, out, startOut);
    }
  }
}

/** out += A[:, k] b[k], column by column: A is stored by columns. */
function columnsTimesVector(
  a: TypedArray,
  startA: number,
  b: TypedArray,
  startB: number,
  { m, k, innerA, innerB }: MatmulLayout,
  out: TypedArray,
  startOut: number,
): void {
  for (let l = 0; l < k; l++) {
    const factor = b[startB + l * innerB]!;
    const column = startA + l * innerA;
    for (let i = 0; i < m; i++) out[startOut + i]! += a[column + i]! * factor;
  }
}

/** out[i, :] += A[i, k] B[k, :]: the rows of B are contiguous, or nearly so. */
function rowsByAxpy(
  a: TypedArray,
  startA: number,
  b: TypedArray,
  startB: number,
  { m, n, k, rowA, innerA, innerB, columnB }: MatmulLayout,
  out: TypedArray,
  startOut: number,
): void {
  for (let i = 0; i < m; i++) {
    const row = startOut + i * n;
    for (let l = 0; l < k; l++) {
      const factor = a[startA + i * rowA + l * innerA]!;
      const from = startB + l * innerB;
      for (let j = 0; j < n; j++) out[row + j]! += factor * b[from + j * columnB]!;
    }
  }
}

/** out[i, j] = <A[i, :], B[:, j]>: the columns of B are contiguous. */
function rowsByDot(
  a: TypedArray,
  startA: number,
  b: TypedArray,
  startB: number,
  { m, n, k, rowA, innerA, innerB, columnB }: MatmulLayout,
  out: TypedArray,
  startOut: number,
): void {
  for (let i = 0; i < m; i++) {
    const row = startA + i * rowA;
    for (let j = 0; j < n; j++) {
      const column = startB + j * columnB;
      let total = 0;
      for (let l = 0; l < k; l++) total += a[row + l * innerA]! * b[column + l * innerB]!;
      out[startOut + i * n + j] = total;
    }
  }
}

import type { MatmulLayout } from "../kernels/contract.js";

const { fround } = Math;

/**
 * The product of float32 matrices in plain loops: as the float64 one, k upwards, but every product and every sum is rounded
 * to float32, as on devices and in SIMD registers. (The float64 product of two float32 numbers is exact, and a float64 sum
 * of two rounds to float32 as the exact sum does, so `fround` gives what float32 arithmetic gives.)
 */
export function matmulFloat32(
  a: Float32Array,
  b: Float32Array,
  layout: MatmulLayout,
  batches: number,
  out: Float32Array,
): void {
  const { m, n, batchA, batchB } = layout;
  out.fill(0);
  for (let batch = 0; batch < batches; batch++) {
    for (let i = 0; i < m; i++) {
      const startA = batch * batchA + i * layout.rowA;
      addRow(a, startA, b, batch * batchB, layout, out, (batch * m + i) * n);
    }
  }
}

/** out[i, :] += A[i, k] B[k, :], or, where the columns of B are contiguous, by dot products */
function addRow(
  a: Float32Array,
  startA: number,
  b: Float32Array,
  startB: number,
  { n, k, innerA, innerB, columnB }: MatmulLayout,
  out: Float32Array,
  to: number,
): void {
  if (columnB === 1 && n > 1) {
    for (let l = 0; l < k; l++) {
      const factor = a[startA + l * innerA]!;
      const row = startB + l * innerB;
      for (let j = 0; j < n; j++) out[to + j] = fround(out[to + j]! + fround(factor * b[row + j]!));
    }
    return;
  }
  for (let j = 0; j < n; j++) {
    const column = startB + j * columnB;
    let total = 0;
    for (let l = 0; l < k; l++) {
      total = fround(total + fround(a[startA + l * innerA]! * b[column + l * innerB]!));
    }
    out[to + j] = total;
  }
}

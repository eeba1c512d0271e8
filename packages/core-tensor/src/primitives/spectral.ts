import { allocate } from "../dtype/index.js";
import { eigenSymmetric } from "../host/linalg/eigh.js";
import { singularValues } from "../host/linalg/svd.js";
import { sizeOf } from "../shape/index.js";
import type { Primitive } from "./primitive.js";

/** w [..., n], ascending, and V [..., n, n] with A = V diag(w) V^T, of symmetric A [..., n, n]. */
export const eigh: Primitive<"eigh"> = {
  name: "eigh",
  shape: ([a]) => [{ shape: a!.shape.slice(0, -1), dtype: a!.dtype }, a!],
  evaluate: ([a]) => {
    const n = a!.shape[a!.shape.length - 1]!;
    const count = sizeOf(a!.shape.slice(0, -2));
    const w = allocate(a!.dtype, count * n);
    const v = allocate(a!.dtype, count * n * n);
    for (let i = 0; i < count; i++) eigenSymmetric(a!.content, i * n * n, n, w, i * n, v);
    return [w, v];
  },
};

/** U [..., m, k], s [..., k], descending, and V^T [..., k, n] with A = U diag(s) V^T, k = min(m, n). */
export const svd: Primitive<"svd"> = {
  name: "svd",
  shape: ([a]) => {
    const batch = a!.shape.slice(0, -2);
    const [m, n] = a!.shape.slice(-2) as [number, number];
    const k = Math.min(m, n);
    return [[m, k], [k], [k, n]].map((tail) => ({ shape: [...batch, ...tail], dtype: a!.dtype }));
  },
  evaluate: ([a]) => {
    const [m, n] = a!.shape.slice(-2) as [number, number];
    const k = Math.min(m, n);
    const count = sizeOf(a!.shape.slice(0, -2));
    const u = allocate(a!.dtype, count * m * k);
    const s = allocate(a!.dtype, count * k);
    const vh = allocate(a!.dtype, count * k * n);
    for (let item = 0; item < count; item++) {
      const { long, short, s: values } = singularValues(a!.content, item * m * n, m, n);
      const [left, right] = m >= n ? [long, short] : [short, long];
      s.set(values, item * k);
      vh.set(right, item * k * n);
      for (let j = 0; j < k; j++) {
        for (let i = 0; i < m; i++) u[item * m * k + i * k + j] = left[j * m + i]!;
      }
    }
    return [u, s, vh];
  },
};

/**
 * A^+ B (or A^+T B) from A [..., m, n], its decomposition U, s, V^T, and B. Singular values of at most `cutoff` times the
 * largest count as zero. A itself is an operand because the derivative is taken with respect to A, as in `luSolve`.
 */
export const svdSolve: Primitive<"svdSolve", { readonly transpose: boolean; readonly cutoff: number }> = {
  name: "svdSolve",
  shape: ([a, , , , b], { transpose }) => {
    const rows = a!.shape[a!.shape.length - (transpose ? 2 : 1)]!;
    return [{ shape: [...b!.shape.slice(0, -2), rows, b!.shape[b!.shape.length - 1]!], dtype: b!.dtype }];
  },
  evaluate: ([a, u, s, vh, b], { transpose, cutoff }, [out]) => {
    const [m, n] = a!.shape.slice(-2) as [number, number];
    const k = Math.min(m, n);
    const columns = b!.shape[b!.shape.length - 1]!;
    const [from, to] = transpose ? [n, m] : [m, n];
    const x = allocate(out!.dtype, sizeOf(out!.shape));
    const count = sizeOf(a!.shape.slice(0, -2));
    // Element r of the k-th left and right singular vector.
    const left = (item: number, r: number, j: number) => u!.content[item * m * k + r * k + j]!;
    const right = (item: number, r: number, j: number) => vh!.content[item * k * n + j * n + r]!;
    const [source, target] = transpose ? [right, left] : [left, right];
    for (let item = 0; item < count; item++) {
      const smallest = cutoff * s!.content[item * k]!;
      for (let column = 0; column < columns; column++) {
        const sums = new Float64Array(to);
        for (let j = 0; j < k; j++) {
          const value = s!.content[item * k + j]!;
          if (value === 0 || value <= smallest) continue;
          let coefficient = 0;
          for (let r = 0; r < from; r++) {
            coefficient += source(item, r, j) * b!.content[(item * from + r) * columns + column]!;
          }
          coefficient /= value;
          for (let r = 0; r < to; r++) sums[r]! += coefficient * target(item, r, j);
        }
        for (let r = 0; r < to; r++) x[(item * to + r) * columns + column] = sums[r]!;
      }
    }
    return [x];
  },
};

import { eigenSymmetric } from "../host/linalg/eigh.js";
import { singularValues } from "../host/linalg/svd.js";
import { intoNewArrays } from "./into-new-arrays.js";
import { matricesOf } from "./matrices.js";
import type { Primitive } from "./primitive.js";

/** w [..., n], ascending, and V [..., n, n] with A = V diag(w) V^T, of symmetric A [..., n, n]. */
export const eigh: Primitive<"eigh"> = {
  name: "eigh",
  shape: ([a]) => [{ shape: a!.shape.slice(0, -1), dtype: a!.dtype }, a!],
  evaluate: intoNewArrays,
  prepare: ([matrix]) => {
    const { n, count } = matricesOf(matrix!);
    const decompose = eigenSymmetric(n);
    return ([a], [w, v]) => {
      for (let i = 0; i < count; i++) decompose(a!, i * n * n, w!, i * n, v!);
    };
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
  evaluate: intoNewArrays,
  prepare: ([matrix]) => {
    const { m, n, k, count } = matricesOf(matrix!);
    const decompose = singularValues(m, n);
    return ([a], [u, s, vh]) => {
      for (let item = 0; item < count; item++) {
        const { long, short, s: values } = decompose(a!, item * m * n);
        const [left, right] = m >= n ? [long, short] : [short, long];
        s!.set(values, item * k);
        vh!.set(right, item * k * n);
        for (let j = 0; j < k; j++) {
          for (let i = 0; i < m; i++) u![item * m * k + i * k + j] = left[j * m + i]!;
        }
      }
    };
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
  evaluate: intoNewArrays,
  prepare: ([matrix, , , , right], { transpose, cutoff }) => {
    const { m, n, k, count } = matricesOf(matrix!);
    const columns = right!.shape[right!.shape.length - 1]!;
    const [from, to] = transpose ? [n, m] : [m, n];
    const sums = new Float64Array(to);
    // Element r of singular vector j is at start + r * row + j * column.
    const left = { row: k, column: 1, size: m * k };
    const ofRight = { row: 1, column: n, size: k * n };
    const [source, target] = transpose ? [ofRight, left] : [left, ofRight];
    return ([, u, s, vh, b], [x]) => {
      const [sources, targets] = transpose ? [vh!, u!] : [u!, vh!];
      for (let item = 0; item < count; item++) {
        const smallest = cutoff * s![item * k]!;
        for (let column = 0; column < columns; column++) {
          sums.fill(0);
          for (let j = 0; j < k; j++) {
            const value = s![item * k + j]!;
            if (value === 0 || value <= smallest) continue;
            const start = item * source.size + j * source.column;
            let coefficient = 0;
            for (let r = 0; r < from; r++) {
              coefficient += sources[start + r * source.row]! * b![(item * from + r) * columns + column]!;
            }
            coefficient /= value;
            const first = item * target.size + j * target.column;
            for (let r = 0; r < to; r++) sums[r]! += coefficient * targets[first + r * target.row]!;
          }
          for (let r = 0; r < to; r++) x![(item * to + r) * columns + column] = sums[r]!;
        }
      }
    };
  },
};

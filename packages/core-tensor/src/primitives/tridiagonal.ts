import { SingularMatrixError } from "../errors/index.js";
import { solveTridiagonal } from "../host/linalg/tridiagonal.js";
import { intoNewArrays } from "./into-new-arrays.js";
import { matricesOf } from "./matrices.js";
import type { Primitive } from "./primitive.js";

/**
 * X with T X = B, or T^T X = B; T has the bands lower[i] = T[i, i - 1], diagonal[i] = T[i, i], upper[i] = T[i, i + 1],
 * each [..., n] (the first of lower and the last of upper are not read); B is [..., n, m].
 */
export const tridiagonalSolve: Primitive<"tridiagonalSolve", { readonly transpose: boolean }> = {
  name: "tridiagonalSolve",
  shape: ([, , , b]) => [b!],
  evaluate: intoNewArrays,
  prepare: ([, , , right], { transpose }) => {
    const { m: n, n: m, count } = matricesOf(right!);
    const [sub, diagonal, above, fill] = [0, 1, 2, 3].map(() => new Float64Array(n)) as Bands;
    return ([lower, middle, upper, b], [x]) => {
      x!.set(b!);
      const [below, beyond] = transpose ? [above, sub] : [sub, above];
      for (let item = 0; item < count; item++) {
        for (let i = 0; i < n; i++) {
          if (i > 0) below[i - 1] = lower![item * n + i]!;
          diagonal[i] = middle![item * n + i]!;
          beyond[i] = upper![item * n + i]!;
        }
        const pivot = solveTridiagonal({ sub, diagonal, above, fill }, x!, item * n * m, m);
        if (pivot > 0) {
          throw new SingularMatrixError(
            `linalg.tridiagonalSolve: the matrix is singular: pivot ${String(pivot - 1)} is exactly zero`,
          );
        }
      }
    };
  },
};

type Bands = [Float64Array, Float64Array, Float64Array, Float64Array];

import type { TypedArray } from "../dtype/index.js";
import { SingularMatrixError } from "../errors/index.js";
import { solveTridiagonal } from "../host/linalg/tridiagonal.js";
import { sizeOf } from "../shape/index.js";
import type { Primitive } from "./primitive.js";

/**
 * X with T X = B, or T^T X = B; T has the bands lower[i] = T[i, i - 1], diagonal[i] = T[i, i], upper[i] = T[i, i + 1],
 * each [..., n] (the first of lower and the last of upper are not read); B is [..., n, m].
 */
export const tridiagonalSolve: Primitive<"tridiagonalSolve", { readonly transpose: boolean }> = {
  name: "tridiagonalSolve",
  shape: ([, , , b]) => [b!],
  evaluate: ([lower, diagonal, upper, b], { transpose }) => {
    const [n, m] = b!.shape.slice(-2) as [number, number];
    const x = b!.content.slice();
    const count = sizeOf(b!.shape.slice(0, -2));
    for (let item = 0; item < count; item++) {
      const band = (from: TypedArray, start: number, length: number) =>
        Float64Array.from(from.subarray(item * n + start, item * n + start + length));
      const below = band(lower!.content, 1, Math.max(n - 1, 0));
      const above = band(upper!.content, 0, Math.max(n - 1, 0));
      const bands = {
        sub: transpose ? above : below,
        diagonal: band(diagonal!.content, 0, n),
        above: transpose ? below : above,
      };
      const pivot = solveTridiagonal(bands, x, item * n * m, m);
      if (pivot > 0) {
        throw new SingularMatrixError(
          `linalg.tridiagonalSolve: the matrix is singular: pivot ${String(pivot - 1)} is exactly zero`,
        );
      }
    }
    return [x];
  },
};

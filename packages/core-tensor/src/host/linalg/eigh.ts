import type { TypedArray } from "../../dtype/index.js";
import { finiteScale } from "./finite-scale.js";
import { fixSign } from "./fixed-sign.js";
import { diagonaliseByJacobi } from "./jacobi-eigen.js";
import { diagonaliseTridiagonal } from "./tridiagonal-eigen.js";
import { tridiagonalise } from "./tridiagonalise.js";

/** Up to this size Jacobi's method is as fast, and small eigenvalues are worth its accuracy. */
const SMALL = 32;

/**
 * A = V diag(w) V^T of one symmetric n x n matrix, w ascending: by Jacobi rotations for small n, else by reduction to
 * tridiagonal form and the QR method. Both are backward stable: |A - V diag(w) V^T| <= O(n eps) |A|. Jacobi's method gives
 * more for a definite matrix: each eigenvalue relative to itself.
 */
export function eigenSymmetric(
  a: TypedArray,
  start: number,
  n: number,
  w: TypedArray,
  startW: number,
  v: TypedArray,
): void {
  const scale = finiteScale(a, start, n * n, "linalg.eigh");
  const work = Float64Array.from(a.subarray(start, start + n * n), (x) => x / scale);
  const { values, vectors } = n <= SMALL ? byJacobi(work, n) : byTridiagonal(work, n);
  const order = Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!);
  order.forEach((from, to) => {
    w[startW + to] = values[from]! * scale;
    fixSign(vectors, from * n, n);
    for (let i = 0; i < n; i++) v[start + i * n + to] = vectors[from * n + i]!;
  });
}

/** Eigenvalues in any order; row k of `vectors` belongs to value k, so that rotations run along rows. */
interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

function byJacobi(a: Float64Array, n: number): Eigen {
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  diagonaliseByJacobi(a, vectors, n);
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), vectors };
}

function byTridiagonal(a: Float64Array, n: number): Eigen {
  const { diagonal, beside, vectors } = tridiagonalise(a, n);
  diagonaliseTridiagonal(diagonal, beside, vectors);
  return { values: diagonal, vectors };
}

import type { TypedArray } from "../../dtype/index.js";
import { sorter } from "../argsort.js";
import { finiteScale } from "./finite-scale.js";
import { fixSign } from "./fixed-sign.js";
import { diagonaliseByJacobi } from "./jacobi-eigen.js";
import { diagonaliseTridiagonal } from "./tridiagonal-eigen.js";
import { tridiagonaliser } from "./tridiagonalise.js";

/** Up to this size Jacobi's method is as fast, and small eigenvalues are worth its accuracy. */
const SMALL = 32;

/** Writes w, ascending, and V with A = V diag(w) V^T, of the matrix at `start`: V to the same place, w from `startW` on. */
type EigenSolver = (a: TypedArray, start: number, w: TypedArray, startW: number, v: TypedArray) => void;

/**
 * A = V diag(w) V^T of symmetric n x n matrices, w ascending: by Jacobi rotations for small n, else by reduction to
 * tridiagonal form and the QR method. Both are backward stable: |A - V diag(w) V^T| <= O(n eps) |A|. Jacobi's method gives
 * more for a definite matrix: each eigenvalue relative to itself.
 */
export function eigenSymmetric(n: number): EigenSolver {
  const work = new Float64Array(n * n);
  const order = new Float64Array(n);
  const sort = sorter(n);
  const decompose = n <= SMALL ? byJacobi(n) : byTridiagonal(n);
  return (a, start, w, startW, v) => {
    const scale = finiteScale(a, start, n * n, "linalg.eigh");
    for (let i = 0; i < n * n; i++) work[i] = a[start + i]! / scale;
    const { values, vectors } = decompose(work);
    sort(values, 0, 1, order);
    for (let to = 0; to < n; to++) {
      const from = order[to]!;
      w[startW + to] = values[from]! * scale;
      fixSign(vectors, from * n, n);
      for (let i = 0; i < n; i++) v[start + i * n + to] = vectors[from * n + i]!;
    }
  };
}

/** Eigenvalues in any order; row k of `vectors` belongs to value k, so that rotations run along rows. */
interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

function byJacobi(n: number): (a: Float64Array) => Eigen {
  const [values, vectors] = [new Float64Array(n), new Float64Array(n * n)];
  return (a) => {
    vectors.fill(0);
    for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
    diagonaliseByJacobi(a, vectors, n);
    for (let i = 0; i < n; i++) values[i] = a[i * n + i]!;
    return { values, vectors };
  };
}

function byTridiagonal(n: number): (a: Float64Array) => Eigen {
  const reduce = tridiagonaliser(n);
  return (a) => {
    const { diagonal, beside, vectors } = reduce(a);
    diagonaliseTridiagonal(diagonal, beside, vectors);
    return { values: diagonal, vectors };
  };
}

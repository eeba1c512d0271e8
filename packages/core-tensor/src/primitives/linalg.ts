import { allocate } from "../dtype/index.js";
import { SingularMatrixError } from "../errors/index.js";
import { factorCholesky } from "../host/linalg/cholesky.js";
import { completePivoter } from "../host/linalg/complete-pivoting.js";
import { factorLu } from "../host/linalg/lu.js";
import { factorQr } from "../host/linalg/qr.js";
import { solveTriangle } from "../host/linalg/triangular.js";
import { simdCholesky, simdLu } from "../host/simd/factors.js";
import { residentTriangles, simdTriangle } from "../host/simd/triangle.js";
import { copyRow } from "../host/strided.js";
import { sizeOf } from "../shape/index.js";
import { intoNewArrays } from "./into-new-arrays.js";
import { matricesOf } from "./matrices.js";
import type { TriangularSolveParams } from "./params.js";
import type { Abstract, Primitive } from "./primitive.js";

/** X with T X = B, T a triangle of A or its transpose; A is [..., n, n], B is [..., n, m]. */
export const triangularSolve: Primitive<"triangularSolve", TriangularSolveParams> = {
  name: "triangularSolve",
  shape: ([, b]) => [b!],
  evaluate: intoNewArrays,
  prepare: ([matrix, b], params) => {
    const { n, count } = squares(matrix!);
    const m = b!.shape[b!.shape.length - 1]!;
    return ([a, right], [x]) => {
      x!.set(right!);
      const resident = residentTriangles(a!, n);
      for (let i = 0; i < count; i++) solve(a!, i * n * n, n, params, x!, i * n * m, m, resident);
    };
  },
};

/** L with L L^T = A for symmetric positive definite A, [..., n, n]. */
export const cholesky: Primitive<"cholesky"> = {
  name: "cholesky",
  shape: ([a]) => [a!],
  evaluate: intoNewArrays,
  prepare: ([matrix]) => {
    const { n, count } = squares(matrix!);
    return ([a], [l]) => {
      l!.set(a!);
      for (let i = 0; i < count; i++) {
        const minor = simdCholesky(l!, i * n * n, n) ?? factorCholesky(l!, i * n * n, n);
        if (minor > 0) {
          throw new SingularMatrixError(
            `cholesky: the matrix is not positive definite: its leading minor of order ${String(minor)} is not positive`,
          );
        }
      }
    };
  },
};

/** Packed factors of P A = L U, [..., n, n], and the rows of A in pivoted order, int32 [..., n]. */
export const lu: Primitive<"lu"> = {
  name: "lu",
  shape: ([a]) => [a!, { shape: a!.shape.slice(0, -1), dtype: "int32" }],
  evaluate: intoNewArrays,
  prepare: ([matrix]) => {
    const { n, count } = squares(matrix!);
    return ([a], [packed, order]) => {
      packed!.set(a!);
      for (let i = 0; i < count; i++) {
        if (!simdLu(packed!, i * n * n, n, order!, i * n)) factorLu(packed!, i * n * n, n, order!, i * n);
      }
    };
  },
};

/** Rows and columns of A [..., n, n] in the order of complete pivoting, [..., n], and its numerical rank [...]. */
export const completePivoting: Primitive<"completePivoting"> = {
  name: "completePivoting",
  shape: ([a]) => {
    const batch = a!.shape.slice(0, -2);
    const order = { shape: a!.shape.slice(0, -1), dtype: "int32" } as const;
    return [order, order, { shape: batch, dtype: "int32" }];
  },
  evaluate: intoNewArrays,
  prepare: ([matrix]) => {
    const { n, count } = squares(matrix!);
    const pivot = completePivoter(n, matrix!.dtype === "float32" ? 2 ** -23 : 2 ** -52);
    return ([a], [rows, columns, ranks]) => {
      for (let i = 0; i < count; i++) ranks![i] = pivot(a!, i * n * n, rows!, columns!, i * n);
    };
  },
};

/**
 * A^-1 B (or A^-T B) from A, its packed factors, its pivot order and B [..., n, m]. A itself is an operand because the
 * derivative is taken with respect to A, the factors are only an aid.
 */
export const luSolve: Primitive<"luSolve", { readonly transpose: boolean }> = {
  name: "luSolve",
  shape: ([, , , b]) => [b!],
  evaluate: intoNewArrays,
  prepare: ([, packed, , right], { transpose }) => {
    const { n, count } = squares(packed!);
    const m = right!.shape[right!.shape.length - 1]!;
    const lower = { lower: true, transpose, unitDiagonal: true };
    const upper = { lower: false, transpose, unitDiagonal: false };
    const triangles = transpose ? [upper, lower] : [lower, upper];
    const solved = allocate(right!.dtype, transpose ? n * m : 0);
    return ([, factors, rows, b], [x]) => {
      x!.set(b!);
      const resident = residentTriangles(factors!, n);
      for (let i = 0; i < count; i++) {
        const start = i * n * m;
        if (!transpose) {
          for (let r = 0; r < n; r++) copyRow(b!, start + rows![i * n + r]! * m, m, x!, start + r * m);
        }
        for (const triangle of triangles) solve(factors!, i * n * n, n, triangle, x!, start, m, resident);
        if (transpose) {
          copyRow(x!, start, n * m, solved, 0);
          for (let r = 0; r < n; r++) copyRow(solved, r * m, m, x!, start + rows![i * n + r]! * m);
        }
      }
    };
  },
};

/** Q [..., m, k] with orthonormal columns and R [..., k, n] upper triangular, k = min(m, n). */
export const qr: Primitive<"qr"> = {
  name: "qr",
  shape: ([a]) => {
    const batch = a!.shape.slice(0, -2);
    const [m, n] = a!.shape.slice(-2) as [number, number];
    const k = Math.min(m, n);
    return [
      { shape: [...batch, m, k], dtype: a!.dtype },
      { shape: [...batch, k, n], dtype: a!.dtype },
    ];
  },
  evaluate: intoNewArrays,
  prepare: ([matrix]) => {
    const { m, n, k, count } = matricesOf(matrix!);
    const work = allocate(matrix!.dtype, m * n);
    const betas = new Float64Array(k);
    return ([a], [q, r]) => {
      q!.fill(0);
      r!.fill(0);
      for (let i = 0; i < count; i++) {
        copyRow(a!, i * m * n, m * n, work, 0);
        factorQr(work, m, n, betas, q!, i * m * k, r!, i * k * n);
      }
    };
  },
};

function solve(...[a, start, n, triangle, x, startX, m, resident]: Parameters<typeof simdTriangle>): void {
  if (!simdTriangle(a, start, n, triangle, x, startX, m, resident)) {
    solveTriangle(a, start, n, triangle, x, startX, m);
  }
}

function squares(a: Abstract): { n: number; count: number } {
  return { n: a.shape[a.shape.length - 1]!, count: sizeOf(a.shape.slice(0, -2)) };
}

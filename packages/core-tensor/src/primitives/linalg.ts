import { allocate } from "../dtype/index.js";
import { SingularMatrixError } from "../errors/index.js";
import { factorCholesky } from "../host/linalg/cholesky.js";
import { pivotCompletely } from "../host/linalg/complete-pivoting.js";
import { factorLu } from "../host/linalg/lu.js";
import { factorQr } from "../host/linalg/qr.js";
import { solveTriangle } from "../host/linalg/triangular.js";
import { simdCholesky, simdLu } from "../host/simd/factors.js";
import { simdTriangle } from "../host/simd/triangle.js";
import { sizeOf } from "../shape/index.js";
import type { TriangularSolveParams } from "./params.js";
import type { Abstract, HostTensor, Primitive } from "./primitive.js";

/** X with T X = B, T a triangle of A or its transpose; A is [..., n, n], B is [..., n, m]. */
export const triangularSolve: Primitive<"triangularSolve", TriangularSolveParams> = {
  name: "triangularSolve",
  shape: ([, b]) => [b!],
  evaluate: ([a, b], params) => {
    const { n, count } = squares(a!);
    const m = b!.shape[b!.shape.length - 1]!;
    const x = b!.content.slice();
    for (let i = 0; i < count; i++) solve(a!.content, i * n * n, n, params, x, i * n * m, m);
    return [x];
  },
};

/** L with L L^T = A for symmetric positive definite A, [..., n, n]. */
export const cholesky: Primitive<"cholesky"> = {
  name: "cholesky",
  shape: ([a]) => [a!],
  evaluate: ([a]) => {
    const { n, count } = squares(a!);
    const l = a!.content.slice();
    for (let i = 0; i < count; i++) {
      const minor = simdCholesky(l, i * n * n, n) ?? factorCholesky(l, i * n * n, n);
      if (minor > 0) {
        throw new SingularMatrixError(
          `cholesky: the matrix is not positive definite: its leading minor of order ${String(minor)} is not positive`,
        );
      }
    }
    return [l];
  },
};

/** Packed factors of P A = L U, [..., n, n], and the rows of A in pivoted order, int32 [..., n]. */
export const lu: Primitive<"lu"> = {
  name: "lu",
  shape: ([a]) => [a!, { shape: a!.shape.slice(0, -1), dtype: "int32" }],
  evaluate: ([a]) => {
    const { n, count } = squares(a!);
    const packed = a!.content.slice();
    const order = allocate("int32", count * n);
    for (let i = 0; i < count; i++) {
      if (!simdLu(packed, i * n * n, n, order, i * n)) factorLu(packed, i * n * n, n, order, i * n);
    }
    return [packed, order];
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
  evaluate: ([a]) => {
    const { n, count } = squares(a!);
    const epsilon = a!.dtype === "float32" ? 2 ** -23 : 2 ** -52;
    const [rows, columns] = [allocate("int32", count * n), allocate("int32", count * n)];
    const ranks = allocate("int32", count);
    for (let i = 0; i < count; i++) {
      const pivoting = pivotCompletely(a!.content, i * n * n, n, epsilon);
      rows.set(pivoting.rows, i * n);
      columns.set(pivoting.columns, i * n);
      ranks[i] = pivoting.rank;
    }
    return [rows, columns, ranks];
  },
};

/**
 * A^-1 B (or A^-T B) from A, its packed factors, its pivot order and B [..., n, m]. A itself is an operand because the
 * derivative is taken with respect to A, the factors are only an aid.
 */
export const luSolve: Primitive<"luSolve", { readonly transpose: boolean }> = {
  name: "luSolve",
  shape: ([, , , b]) => [b!],
  evaluate: ([, factors, order, b], { transpose }) => {
    const { n, count } = squares(factors!);
    const m = b!.shape[b!.shape.length - 1]!;
    const from = b!.content;
    const rows = order!.content;
    const x = from.slice();
    const lower = { lower: true, transpose, unitDiagonal: true };
    const upper = { lower: false, transpose, unitDiagonal: false };
    for (let i = 0; i < count; i++) {
      const start = i * n * m;
      if (!transpose) {
        for (let r = 0; r < n; r++) copyRow(from, start + rows[i * n + r]! * m, x, start + r * m, m);
      }
      for (const triangle of transpose ? [upper, lower] : [lower, upper]) {
        solve(factors!.content, i * n * n, n, triangle, x, start, m);
      }
      if (transpose) {
        const solved = x.slice(start, start + n * m);
        for (let r = 0; r < n; r++) copyRow(solved, r * m, x, start + rows[i * n + r]! * m, m);
      }
    }
    return [x];
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
  evaluate: ([a], _, [outQ, outR]) => {
    const [m, n] = a!.shape.slice(-2) as [number, number];
    const k = Math.min(m, n);
    const work = a!.content.slice();
    const q = allocate(a!.dtype, sizeOf(outQ!.shape));
    const r = allocate(a!.dtype, sizeOf(outR!.shape));
    const count = sizeOf(a!.shape.slice(0, -2));
    for (let i = 0; i < count; i++) factorQr(work, i * m * n, m, n, q, i * m * k, r, i * k * n);
    return [q, r];
  },
};

function solve(...system: Parameters<typeof solveTriangle>): void {
  if (!simdTriangle(...system)) solveTriangle(...system);
}

function squares(a: Abstract | HostTensor): { n: number; count: number } {
  return { n: a.shape[a.shape.length - 1]!, count: sizeOf(a.shape.slice(0, -2)) };
}

function copyRow(
  from: HostTensor["content"],
  start: number,
  to: HostTensor["content"],
  target: number,
  length: number,
): void {
  for (let j = 0; j < length; j++) to[target + j] = from[start + j]!;
}

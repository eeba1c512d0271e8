import { bind, bindOne, matmul, matrixTranspose, tensor, type Tensor } from "@cotangent/core-tensor";
import * as primitives from "@cotangent/core-tensor/primitives";
import type { LinearSystem } from "../system/index.js";
import { allFinite, asFloat64 } from "../vector/index.js";
import { inverseNorm1, matrixNorm1 } from "./condition.js";
import { direct, type Factors, type Unfactored } from "./direct.js";
import { inversePower } from "./equilibrate.js";
import type { Method } from "./method.js";

/**
 * QR factorisation by Householder reflections with scaled columns: for square A, and for least squares with A of full
 * column rank.
 */
export function qr(): Method {
  return { name: "qr", prepare: (system) => direct(system, "qr", "qr factorisation", factorQr(system)) };
}

/** A C = Q R, with C diagonal and powers of two */
function factorQr(system: LinearSystem): Factors | Unfactored {
  const { rows: m, columns: n } = system;
  const matrix = system.dense();
  if (!allFinite(matrix)) return { status: "nonFinite", because: "the matrix has NaN or infinite elements" };
  const scales = columnScales(matrix, m, n);
  system.factorisations += 1;
  const scaled = matrix.map((value, k) => value * scales[k % n]!);
  const [q, r] = bind(primitives.qr, [tensor(scaled, { shape: [m, n] })], {}) as [Tensor, Tensor];
  const qTransposed = matrixTranspose(q);
  const column = (x: Float64Array): Tensor => tensor(x, { shape: [x.length, 1] });
  const numbers = (x: Tensor): Float64Array => asFloat64(x.toTypedArray());
  const back = (x: Tensor, transpose: boolean): Tensor =>
    bindOne(primitives.triangularSolve, [r, x], { lower: false, transpose, unitDiagonal: false });
  const triangle = numbers(r);
  for (let i = 0; i < n; i++) {
    if (triangle[i * n + i] === 0) {
      const because = `the matrix has not full column rank: column ${i} depends on those before it`;
      return { status: "singular", because, condition: Infinity };
    }
  }
  const inverse = inverseNorm1(
    n,
    (x) => numbers(back(column(x), false)),
    (x) => numbers(back(column(x), true)),
  );
  // ||A C|| and ||R|| are equal in the 2-norm, so this is the condition number of A C within a factor of n.
  const condition = n === 0 ? 1 : matrixNorm1(triangle, n) * inverse;
  if (!(condition < 1 / system.epsilon)) {
    const because = `the matrix has not full column rank to working precision: condition ${condition.toExponential(1)}`;
    return { status: "singular", because, condition };
  }
  // A^+ = C R^-1 Q^T and (A^+)^T = Q R^-T C
  const solve = (b: Float64Array, transposed: boolean): Float64Array =>
    transposed
      ? numbers(matmul(q, back(column(times(b, scales)), true)))
      : times(numbers(back(matmul(qTransposed, column(b)), false)), scales);
  // (A^T A)^-1 = C R^-1 R^-T C
  const solveNormal = (b: Float64Array): Float64Array =>
    times(numbers(back(back(column(times(b, scales)), true), false)), scales);
  const multiply = (x: Float64Array) => system.multiplyDense(system.multiplyDense(x, false), true);
  const normal: Method = {
    name: "qr",
    prepare: (squared) => {
      squared.normEstimate = system.normEstimate ** 2;
      return direct(squared, "qr", "R of the qr factorisation of A, for A^T A", {
        solve: solveNormal,
        multiply,
      });
    },
  };
  return { solve, condition, normal };
}

function columnScales(matrix: Float64Array, m: number, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, j) => {
    let largest = 0;
    for (let i = 0; i < m; i++) largest = Math.max(largest, Math.abs(matrix[i * n + j]!));
    return inversePower(largest);
  });
}

function times(x: Float64Array, factors: Float64Array): Float64Array {
  return x.map((value, i) => value * factors[i]!);
}

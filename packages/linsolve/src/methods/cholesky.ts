import { bindOne, hostArray, SingularMatrixError, Tensor } from "@cotangent/core-tensor";
import * as primitives from "@cotangent/core-tensor/primitives";
import type { LinearSystem } from "../system/index.js";
import { allFinite, asFloat64 } from "../vector/index.js";
import { conditionOf, identityMatrix } from "./condition.js";
import { direct, type Factors, type Unfactored } from "./direct.js";
import { inversePower } from "./equilibrate.js";
import type { Method } from "./method.js";

/**
 * Cholesky factorisation of the symmetrically scaled matrix, for symmetric positive definite A: 1/3 n^3 operations once,
 * 2 n^2 per solve.
 */
export function cholesky(): Method {
  return {
    name: "cholesky",
    prepare: (system) => direct(system, "cholesky", "cholesky factorisation", factorCholesky(system)),
  };
}

/** D A D = L L^T, with D diagonal and powers of two */
export function factorCholesky(system: LinearSystem): Factors | Unfactored {
  const n = system.rows;
  const matrix = system.dense();
  if (!allFinite(matrix)) return { status: "nonFinite", because: "the matrix has NaN or infinite elements" };
  const scales = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const element = matrix[i * n + i]!;
    if (!(element > 0)) {
      return {
        status: "breakdown",
        because: `the matrix is not positive definite: a[${i}, ${i}] = ${element}`,
      };
    }
    // Half of the exponent: the diagonal comes to [1, 4).
    scales[i] = inversePower(Math.sqrt(element));
  }
  const scaled = matrix.map((value, k) => value * scales[Math.floor(k / n)]! * scales[k % n]!);
  const asymmetry = findAsymmetry(scaled, system.epsilon, n);
  if (asymmetry !== undefined) {
    const [i, j] = asymmetry;
    const [a, b] = [matrix[i * n + j]!, matrix[j * n + i]!];
    return {
      status: "breakdown",
      because: `the matrix is not symmetric: a[${i}, ${j}] = ${a}, a[${j}, ${i}] = ${b}`,
    };
  }
  system.factorisations += 1;
  const factor = tryFactor(new Tensor([n, n], "float64", scaled));
  if (typeof factor === "string") {
    return {
      status: "breakdown",
      because: `the matrix is not positive definite to working precision: ${factor}`,
    };
  }
  const triangle = (x: Tensor, transpose: boolean): Tensor =>
    bindOne(primitives.triangularSolve, [factor, x], { lower: true, transpose, unitDiagonal: false });
  const solved = (b: Tensor): Float64Array =>
    asFloat64(hostArray(triangle(triangle(b, false), true), "linearSolve"));
  const inner = (b: Float64Array): Float64Array => solved(new Tensor([n, 1], "float64", b));
  const solve = (b: Float64Array): Float64Array => times(inner(times(b, scales)), scales);
  const inverse = (): Float64Array => solved(new Tensor([n, n], "float64", identityMatrix(n)));
  const of = { matrix: scaled, solve: inner, inverse, rowScale: scales, columnScale: scales };
  const { condition, reciprocal } = conditionOf(n, { matrix, solve }, of);
  if (!(reciprocal > system.epsilon)) {
    const because = `the matrix is singular to working precision: reciprocal condition ${reciprocal.toExponential(1)}`;
    return { status: "singular", because, condition };
  }
  return { solve, condition };
}

/** Relative to the diagonal, which bounds the other elements of a positive definite matrix. */
function findAsymmetry(scaled: Float64Array, epsilon: number, n: number): [number, number] | undefined {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      if (Math.abs(scaled[i * n + j]! - scaled[j * n + i]!) > 1e3 * epsilon) return [i, j];
    }
  }
  return undefined;
}

/** The factor, or why there is none. */
function tryFactor(matrix: Tensor): Tensor | string {
  try {
    return bindOne(primitives.cholesky, [matrix], {});
  } catch (error) {
    if (error instanceof SingularMatrixError) return error.message;
    throw error;
  }
}

function times(x: Float64Array, factors: Float64Array): Float64Array {
  return x.map((value, i) => value * factors[i]!);
}

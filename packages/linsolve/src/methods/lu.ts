import { bind, bindOne, hostArray, Tensor } from "@cotangent/core-tensor";
import * as primitives from "@cotangent/core-tensor/primitives";
import type { LinearSystem } from "../system/index.js";
import { allFinite, asFloat64 } from "../vector/index.js";
import { conditionOf, identityMatrix } from "./condition.js";
import { direct, type Factors, type Unfactored } from "./direct.js";
import { equilibrate } from "./equilibrate.js";
import type { Method } from "./method.js";

/**
 * LU factorisation with partial pivoting of the equilibrated matrix: for any square matrix, 2/3 n^3 operations once and
 * 2 n^2 per solve, transposed ones included.
 */
export function lu(): Method {
  return { name: "lu", prepare: (system) => direct(system, "lu", "lu factorisation", factorLu(system)) };
}

/** R A C = P^T L U, with R and C diagonal and powers of two */
export function factorLu(system: LinearSystem): Factors | Unfactored {
  const n = system.rows;
  const matrix = system.dense();
  if (!allFinite(matrix)) return { status: "nonFinite", because: "the matrix has NaN or infinite elements" };
  const { scaled, rowScale, columnScale } = equilibrate(matrix, n);
  system.factorisations += 1;
  const [factors, order] = bind(primitives.lu, [new Tensor([n, n], "float64", scaled)], {}) as [
    Tensor,
    Tensor,
  ];
  const diagonal = hostArray(factors, "linearSolve");
  for (let i = 0; i < n; i++) {
    if (diagonal[i * n + i] === 0) {
      return {
        status: "singular",
        because: `the matrix is singular: pivot ${i} is exactly zero`,
        condition: Infinity,
      };
    }
  }
  const inner = (b: Float64Array, transpose: boolean, columns = 1): Float64Array => {
    const x = bindOne(primitives.luSolve, [factors, factors, order, new Tensor([n, columns], "float64", b)], {
      transpose,
    });
    return asFloat64(hostArray(x, "linearSolve"));
  };
  // A^-1 = C (R A C)^-1 R and A^-T = R (R A C)^-T C
  const solve = (b: Float64Array, transposed: boolean): Float64Array => {
    const [before, after] = transposed ? [columnScale, rowScale] : [rowScale, columnScale];
    return inner(times(b, before), transposed).map((value, i) => value * after[i]!);
  };
  const inverse = (): Float64Array => inner(identityMatrix(n), false, n);
  const of = { matrix: scaled, solve: inner, inverse, rowScale, columnScale };
  const { condition, reciprocal } = conditionOf(n, { matrix, solve }, of);
  if (!(reciprocal > system.epsilon)) {
    const because = `the matrix is singular to working precision: reciprocal condition ${reciprocal.toExponential(1)}`;
    return { status: "singular", because, condition };
  }
  return { solve, condition };
}

function times(x: Float64Array, factors: Float64Array): Float64Array {
  return x.map((value, i) => value * factors[i]!);
}

import {
  bindOne,
  matmul,
  matrixTranspose,
  sub,
  tril,
  triu,
  zerosLike,
  type Tensor,
} from "@cotangent/core-tensor";
import { byDerivative, constant } from "./families.js";
import { grow, plus, type Coefficients, type JetRule } from "./rule.js";

/** A(t) x(t) = b(t): x_k = A_0^-1 (b_k - sum over j = 1, ..., k of A_j x_{k-j}) */
function solve(
  matrix: (j: number) => Tensor | null,
  b: Coefficients,
  order: number,
  invert: (b: Tensor) => Tensor,
): Coefficients {
  return grow(invert(b[0]), order, (k, x) => {
    let products: Tensor | null = null;
    for (let j = 1; j <= k; j++) {
      const [a, y] = [matrix(j), x[k - j] ?? null];
      if (a !== null && y !== null) products = plus(products, matmul(a, y));
    }
    const right = b[k] ?? null;
    if (products === null) return right === null ? null : invert(right);
    return invert(sub(right ?? zerosLike(b[0]), products));
  });
}

const maybeTransposed = (a: Tensor, transposed: boolean): Tensor => (transposed ? matrixTranspose(a) : a);

const triangularSolve: JetRule<"triangularSolve"> = ([a, b], { primitive, params, order }) => {
  const offset = params.unitDiagonal ? 1 : 0;
  const triangle = (x: Tensor) => (params.lower ? tril(x, -offset) : triu(x, offset));
  const matrix = (j: number) => (a![j] ? maybeTransposed(triangle(a![j]), params.transpose) : null);
  return [solve(matrix, b!, order, (y) => bindOne(primitive, [a![0], y], params))];
};

const luSolve: JetRule<"luSolve"> = ([a, factors, rows, b], { primitive, params, order }) => {
  const matrix = (j: number) => (a![j] ? maybeTransposed(a![j], params.transpose) : null);
  const invert = (y: Tensor) => bindOne(primitive, [a![0], factors![0], rows![0], y], params);
  return [solve(matrix, b!, order, invert)];
};

/** Solves by their recurrence, factorisations from their derivatives. */
export const linalgJet = {
  triangularSolve,
  luSolve,
  cholesky: byDerivative,
  lu: byDerivative,
  completePivoting: constant,
  qr: byDerivative,
  eigh: byDerivative,
  svd: byDerivative,
  svdSolve: byDerivative,
  tridiagonalSolve: byDerivative,
};

import * as fc from "fast-check";
import { checkDerivatives } from "@cotangent/autodiff/testing";
import type { LinearOperator } from "../operators/index.js";
import { linearSolve, type LinearSolveOptions } from "../solve/index.js";
import { checkLinear, checkMaterialise, checkTranspose } from "./check-operator.js";
import { checkSolve } from "./check-solve.js";
import { randomVector, treeOf } from "./vectors.js";

/** A law: for all operators and all vectors. */
export type OperatorProperty = fc.IPropertyWithHooks<[LinearOperator, number]>;

/**
 * For `fc.assert`: A (a v + w) = a A v + A w.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbMatrix, laws } from "@cotangent/linsolve/testing";
 *
 * fc.assert(laws.linear(arbMatrix().map((A) => matrix(A))));
 * ```
 */
export function linear(operators: fc.Arbitrary<LinearOperator>): OperatorProperty {
  return fc.property(operators, fc.nat(), checkLinear);
}

/** For `fc.assert`: <u, A v> = <A^T u, v>. */
export function transpose(operators: fc.Arbitrary<LinearOperator>): OperatorProperty {
  return fc.property(operators, fc.nat(), checkTranspose);
}

/** For `fc.assert`: the matrix of `materialise` is the one of `apply`. */
export function materialise(operators: fc.Arbitrary<LinearOperator>): OperatorProperty {
  return fc.property(operators, fc.nat(), checkMaterialise);
}

/** For `fc.assert`: A linearSolve(A, b) = b, and <c, A^-1 b> = <A^-T c, b>. The operators must be well conditioned. */
export function solve(
  operators: fc.Arbitrary<LinearOperator>,
  options: LinearSolveOptions = {},
): OperatorProperty {
  return fc.property(operators, fc.nat(), (operator, seed) => checkSolve(operator, seed, options));
}

/**
 * For `fc.assert`: linearSolve(A(theta), b) has the right first and second derivatives in theta and b, forwards and
 * backwards.
 *
 * @param build - theta -> A(theta), well conditioned
 * @param thetas - an arbitrary of trees
 */
export function derivatives<T>(
  build: (theta: T) => LinearOperator,
  thetas: fc.Arbitrary<T>,
  options: LinearSolveOptions = {},
): fc.IPropertyWithHooks<[T, number]> {
  return fc.property(thetas, fc.nat(), (theta, seed) => {
    const { codomain } = build(theta);
    const b = treeOf(codomain, randomVector(codomain.size, seed));
    const solution = (at: unknown, rhs: unknown): unknown => linearSolve(build(at as T), rhs, options);
    checkDerivatives(solution, [theta, b], { order: 2, directions: 1, seed });
  });
}

import type { LinearOperator } from "./operator.js";

/**
 * The transpose A^T: <u, A v> = <A^T u, v>.
 *
 * @example
 * ```ts
 * import { transpose as transposed } from "@cotangent/linsolve";
 * transposed(matrix([[1, 2], [3, 4]])).apply(tensor([1, 0])); // => [1, 2]
 * ```
 */
export function transpose<X, Y>(A: LinearOperator<X, Y>): LinearOperator<Y, X> {
  return A.transpose();
}

import { tensor, type Tensor } from "@cotangent/core-tensor";
import {
  linearSolveWithReport,
  matrix,
  type LinearOperator,
  type LinearSolveOptions,
  type SolveReport,
} from "@cotangent/linsolve";
import { numbers } from "./fixtures.js";

/** The report of a solve, which may fail. */
export function reportOf(
  A: LinearOperator<Tensor> | Tensor,
  b: Tensor,
  options: LinearSolveOptions = {},
): SolveReport {
  const operator = "domain" in A ? A : matrix(A);
  return linearSolveWithReport(operator, b, { onFailure: "return", ...options }).report;
}

/** A random right-hand side. */
export function vector(n: number, seed = 3): Tensor {
  return tensor(numbers(n, seed));
}

import type { MethodName, SolveStatus } from "../report/index.js";
import type { LinearSystem } from "../system/index.js";

/** A way to solve linear systems. Make one with `lu()`, `cg()`, ..., `auto()`. */
export interface Method {
  readonly name: MethodName;
  /** Does all work that does not depend on the right-hand side. */
  prepare(system: LinearSystem): Prepared;
}

/**
 * A method at work on one system.
 *
 * Law: solving with `transposed` is solving the transposed system, with the same preparation.
 */
export interface Prepared {
  /** One solve with the matrix, or with its transpose. */
  solve(b: Float64Array, goal: Goal): Outcome;
  /** Least squares only: solves A^T A x = b from the same preparation. */
  readonly normal?: Method;
}

/** What is wanted of one solve. */
export interface Goal {
  readonly transposed: boolean;
  readonly relative: number;
  readonly absolute: number;
  /** @defaultValue by method */
  readonly maxIterations: number | undefined;
  readonly x0: Float64Array | undefined;
}

/** What came of one solve: x, and how good it is by its true residual. */
export interface Outcome {
  readonly x: Float64Array;
  readonly status: SolveStatus;
  readonly method: MethodName;
  readonly because: string;
  readonly iterations: number;
  readonly residual: number;
  readonly relativeResidual: number;
  readonly condition?: number;
  readonly history?: readonly number[];
}

/** A solve that could not begin: every element of x is NaN, so that it is not taken for a solution. */
export function failure(
  size: number,
  status: SolveStatus,
  method: MethodName,
  because: string,
  condition?: number,
): Outcome {
  const x = new Float64Array(size).fill(NaN);
  const base = { x, status, method, because, iterations: 0, residual: NaN, relativeResidual: NaN };
  return condition === undefined ? base : { ...base, condition };
}

import type { MethodName, SolveStatus } from "../report/index.js";
import type { LinearSystem } from "../system/index.js";
import { allFinite, axpy } from "../vector/index.js";
import { failure, type Method, type Prepared } from "./method.js";
import { judge, verdict } from "./verdict.js";

/** A factored matrix. */
export interface Factors {
  /** A^-1 b, or A^-T b */
  readonly solve: (b: Float64Array, transposed: boolean) => Float64Array;
  readonly condition?: number;
  /** A x, or A^T x. @defaultValue by the dense matrix */
  readonly multiply?: (x: Float64Array, transposed: boolean) => Float64Array;
  /** @see Prepared */
  readonly normal?: Method;
}

/** Why a matrix could not be factored. */
export interface Unfactored {
  readonly status: SolveStatus;
  readonly because: string;
  readonly condition?: number;
}

/**
 * A direct method: factor once, then substitute, with one step of iterative refinement where that reduces the residual.
 */
export function direct(
  system: LinearSystem,
  method: MethodName,
  why: string,
  factored: Factors | Unfactored,
): Prepared {
  if ("status" in factored) {
    const { status, because, condition } = factored;
    return {
      solve: (_, { transposed }) =>
        failure(transposed ? system.rows : system.columns, status, method, `${why}; ${because}`, condition),
    };
  }
  const { solve, condition, normal } = factored;
  const multiply = factored.multiply ?? ((x, transposed) => system.multiplyDense(x, transposed));
  const prepared: Prepared = {
    solve: (b, goal) => {
      const { transposed } = goal;
      const products = {
        multiply: (x: Float64Array) => multiply(x, transposed),
        multiplyTransposed: (y: Float64Array) => multiply(y, !transposed),
        leastSquares: !transposed && system.rows > system.columns,
      };
      const { target, residual, relative, floor } = judge(system, products, b, goal);
      let x = solve(b, transposed);
      const first = residual(x);
      let { size } = first;
      if (size > 0 && allFinite(first.r)) {
        const better = x.slice();
        axpy(1, solve(first.r, transposed), better);
        const refined = residual(better);
        if (refined.size < size) [x, size] = [better, refined.size];
      }
      const { status, because } = verdict(size, target, floor(x)) ?? {
        status: "stagnated",
        because: "refinement does not bring the residual below the tolerance",
      };
      return {
        x,
        status,
        method,
        because: `${why}; ${because}`,
        iterations: 0,
        residual: size,
        relativeResidual: relative(size),
        ...(condition === undefined ? {} : { condition }),
      };
    },
  };
  return normal === undefined ? prepared : { ...prepared, normal };
}

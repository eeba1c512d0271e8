import type { SolveStatus } from "../report/index.js";
import type { LinearSystem, View } from "../system/index.js";
import { difference, norm } from "../vector/index.js";
import type { Goal } from "./method.js";

/** Rounding errors of a backward stable method, in units of roundoff. */
const ROUNDING = 16;

/** The equations that a solve is judged by. */
export interface Judge {
  /** The residual norm of x = 0. */
  readonly start: number;
  /** The residual norm below which a solution is good enough. */
  readonly target: number;
  /** The residual at x, and its norm: b - A x, for least squares ||A^T (b - A x)||. */
  readonly residual: (x: Float64Array) => { readonly r: Float64Array; readonly size: number };
  readonly relative: (size: number) => number;
  /**
   * The residual that rounding leaves even in the best x: an x below it solves exactly a system that differs from the
   * given one by rounding errors (Rigal & Gaches 1967).
   */
  readonly floor: (x: Float64Array) => number;
}

/** How a solve of A x = b is judged, with products by `multiply` and `multiplyTransposed`. */
export function judge(
  system: LinearSystem,
  {
    multiply,
    multiplyTransposed,
    leastSquares,
  }: Pick<View, "multiply" | "multiplyTransposed" | "leastSquares">,
  b: Float64Array,
  { relative, absolute }: Goal,
): Judge {
  const size = norm(b);
  const start = leastSquares ? norm(multiplyTransposed(b)) : size;
  return {
    start,
    target: Math.max(relative * start, absolute),
    residual: (x) => {
      const r = difference(b, multiply(x));
      return { r, size: leastSquares ? norm(multiplyTransposed(r)) : norm(r) };
    },
    relative: (residual) => (start === 0 ? residual : residual / start),
    floor: (x) => {
      const { epsilon, normEstimate } = system;
      const level = ROUNDING * epsilon * (normEstimate * norm(x) + size);
      return leastSquares ? level * normEstimate : level;
    },
  };
}

/** Converged or not, and why. */
export function verdict(
  residual: number,
  target: number,
  floor: number,
): { readonly status: SolveStatus; readonly because: string } | undefined {
  if (residual <= target)
    return { status: "converged", because: "the true residual is within the tolerance" };
  if (residual <= floor) {
    return {
      status: "converged",
      because: "the true residual is above the tolerance, but at the level of rounding",
    };
  }
  if (!Number.isFinite(residual)) {
    return { status: "nonFinite", because: "the residual is not finite: NaN or overflow in A, b or x" };
  }
  return undefined;
}

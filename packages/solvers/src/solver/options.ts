import { ValueError } from "@cotangent/core-tensor";
import type { Tensors } from "@cotangent/autodiff";
import type { Adjoint, CertifyOptions } from "@cotangent/implicit";

/** What `onIteration` is told after every update. */
export interface Iteration<X, S = unknown> {
  /** 1 after the first update. */
  readonly iteration: number;
  readonly x: Tensors<X>;
  readonly error: number;
  readonly state: S;
}

/** Options that all solvers have. */
export interface SolverOptions<X, S = unknown> {
  /** @defaultValue 10000 */
  readonly maxIterations?: number;
  /** Stop when the error is at or below this. @defaultValue 1e-8 */
  readonly tolerance?: number;
  /** How the solution is differentiated. @defaultValue auto() */
  readonly adjoint?: Adjoint;
  /** Whether a point may be differentiated at; false to trust it. @defaultValue { tolerance: 1e-3 } */
  readonly certify?: CertifyOptions | false;
  /** Throw NotConvergedError for every status but "converged", or return the solution with it. @defaultValue "throw" */
  readonly onFailure?: "throw" | "return";
  /**
   * Compile what the solver calls again and again: `fun`, a prox or projection, the step. Results have the same bits. In a
   * run each of these functions runs twice; after that, the operations that it did are run without it. So it must be
   * pure: what it closes over (data, say) is taken as it is when the run begins, and random numbers, clocks and counters
   * in it stand still. A function that asks for numbers (`x.item()`) is not compiled: the solution's `compilation` says
   * so. A prox may get its step as a scalar tensor while it is recorded; one that computes with it, or decides by it, is
   * compiled for each step. Pass false for functions that are not pure.
   *
   * @defaultValue true
   */
  readonly jit?: boolean;
  /** Called after every update, in order. */
  readonly onIteration?: (iteration: Iteration<X, S>) => void;
  /** When it is aborted, `run` throws `signal.reason` before the next update, whatever `onFailure` says. */
  readonly signal?: AbortSignal;
}

/** Refuses what would else be taken for "return", and hide that a solve failed. */
export function checkOnFailure(onFailure: string, where: string): void {
  if (onFailure === "throw" || onFailure === "return") return;
  throw new ValueError(`${where}: onFailure must be "throw" or "return", got ${onFailure}`);
}

/** The stopping options, checked and with their defaults. */
export function stoppingOptions(
  { maxIterations = 10000, tolerance = 1e-8 }: Pick<SolverOptions<unknown>, "maxIterations" | "tolerance">,
  where: string,
): { maxIterations: number; tolerance: number } {
  if (!Number.isInteger(maxIterations) || maxIterations < 0) {
    throw new ValueError(`${where}: maxIterations must be a whole number >= 0, got ${String(maxIterations)}`);
  }
  if (!Number.isFinite(tolerance) || tolerance < 0) {
    throw new ValueError(`${where}: tolerance must be a number >= 0, got ${String(tolerance)}`);
  }
  return { maxIterations, tolerance };
}

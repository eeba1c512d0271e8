import { ValueError } from "@cotangent/core-tensor";
import { methodByName, type Method } from "../methods/index.js";
import type { LinearOperator } from "../operators/index.js";
import type { MethodName, SolveReport } from "../report/index.js";

/** Options of `linearSolve`. */
export interface LinearSolveOptions {
  /** A method, or the name of one with its default options. @defaultValue auto() */
  readonly method?: Method | MethodName;
  /**
   * Converged means ||b - A x|| <= max(relative ||b||, absolute).
   *
   * @defaultValue relative 1e-12 (1e-5 where a float32 takes part), absolute 0
   */
  readonly tolerance?: { readonly relative?: number; readonly absolute?: number };
  /** For iterative methods. @defaultValue 10 n, at least 100 and at most 20000 */
  readonly maxIterations?: number;
  /** M close to A^-1, for iterative methods; symmetric positive definite for cg and minres. It has no derivative. */
  readonly preconditioner?: LinearOperator;
  /** Where iterative methods start: a tree like x. It has no derivative. @defaultValue zeros */
  readonly x0?: unknown;
  /** Solves with A + ridge I. @defaultValue 0 */
  readonly ridge?: number;
  /** For method "gmres": iterations between restarts. @defaultValue 50 */
  readonly restart?: number;
  /** What is known of A, in place of what A claims. It is checked. @defaultValue what A claims */
  readonly structure?: "general" | "symmetric" | "positiveDefinite";
  /** Throw LinearSolveError when not converged, or return the best x. @defaultValue "throw" */
  readonly onFailure?: "throw" | "return";
  /** Receives the report of every solve: also of those inside of derivatives, when they happen. */
  readonly onReport?: (report: SolveReport) => void;
}

/** Options with their defaults filled in. */
export interface Settings {
  readonly method: Method;
  readonly relative: number | undefined;
  readonly absolute: number;
  readonly maxIterations: number | undefined;
  readonly onFailure: "throw" | "return";
  readonly onReport: (report: SolveReport) => void;
}

/** What may differ from solve to solve. */
export type SolveOverrides = Pick<
  LinearSolveOptions,
  "tolerance" | "maxIterations" | "onFailure" | "onReport"
>;

/**
 * Fills in the defaults.
 *
 * @throws ValueError for options that make no sense
 */
export function settingsOf(options: LinearSolveOptions, overrides: SolveOverrides = {}): Settings {
  const { method = "auto", restart, ridge = 0 } = options;
  const { relative, absolute = 0 } = overrides.tolerance ?? options.tolerance ?? {};
  const maxIterations = overrides.maxIterations ?? options.maxIterations;
  check("tolerance.relative", relative ?? 0);
  check("tolerance.absolute", absolute);
  if (!Number.isFinite(ridge))
    throw new ValueError(`linearSolve: ridge must be a finite number, got ${ridge}`);
  if (maxIterations !== undefined && !(Number.isInteger(maxIterations) && maxIterations >= 0)) {
    throw new ValueError(`linearSolve: maxIterations must be a whole number from 0, got ${maxIterations}`);
  }
  return {
    method:
      typeof method === "string" ? methodByName(method, restart === undefined ? {} : { restart }) : method,
    relative,
    absolute,
    maxIterations,
    onFailure: overrides.onFailure ?? options.onFailure ?? "throw",
    onReport: overrides.onReport ?? options.onReport ?? (() => undefined),
  };
}

function check(name: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) {
    throw new ValueError(`linearSolve: ${name} must be a finite number from 0, got ${value}`);
  }
}

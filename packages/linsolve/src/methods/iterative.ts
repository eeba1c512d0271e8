import type { MethodName, SolveStatus } from "../report/index.js";
import type { LinearSystem, View } from "../system/index.js";
import { axpy } from "../vector/index.js";
import type { Goal, Outcome, Prepared } from "./method.js";
import { judge, verdict } from "./verdict.js";

/** What an iteration from x = 0 came to, by what it knows itself. */
export interface Run {
  readonly x: Float64Array;
  readonly status: SolveStatus;
  readonly because: string;
  readonly iterations: number;
  /** Residual norms, as the iteration knows them. */
  readonly history: readonly number[];
  /** A breakdown that starting again from x may get past. */
  readonly again?: boolean;
}

/** Solves A x = b from x = 0, to a residual norm of `target`, in at most `limit` iterations. */
export type Iteration = (view: View, b: Float64Array, target: number, limit: number) => Run;

type Ending = Pick<Outcome, "status" | "because">;

const stagnated: Ending = {
  status: "stagnated",
  because: "starting again from x does not reduce the true residual any further",
};

/** Rounding excuses a residual above the tolerance only while half of the digits are right. */
const LARGEST_EXCUSE = 1e-8;

/** An iterative method: iterate, compute the true residual, and start again from x while that one is not small. */
export function iterative(
  system: LinearSystem,
  method: MethodName,
  why: string,
  iterate: Iteration,
  { symmetric = false }: { readonly symmetric?: boolean } = {},
): Prepared {
  return {
    solve: (b, goal) =>
      solve(system, system.view(goal.transposed && !symmetric), method, why, iterate, b, goal),
  };
}

function solve(
  system: LinearSystem,
  view: View,
  method: MethodName,
  why: string,
  iterate: Iteration,
  b: Float64Array,
  goal: Goal,
): Outcome {
  const { start, target, residual, relative, floor } = judge(system, view, b, goal);
  const limit = goal.maxIterations ?? defaultLimit(view.columns);
  const x = goal.x0?.slice() ?? new Float64Array(view.columns);
  const history: number[] = [];
  let now = goal.x0 === undefined ? { r: b, size: start } : residual(x);
  let iterations = 0;
  const end = ({ status, because }: Ending): Outcome => ({
    x,
    status,
    method,
    because: `${why}; ${because}`,
    iterations,
    residual: now.size,
    relativeResidual: relative(now.size),
    history,
  });
  for (;;) {
    if (now.size <= target || !Number.isFinite(now.size)) return end(verdict(now.size, target, 0)!);
    if (iterations >= limit)
      return end({ status: "maxIterations", because: `the limit is ${limit} iterations` });
    const run = iterate(view, now.r, target, limit - iterations);
    iterations += run.iterations;
    for (const size of run.history) history.push(relative(size));
    axpy(1, run.x, x);
    const before = now.size;
    now = residual(x);
    const progress = now.size <= target || now.size < 0.5 * before;
    if (progress && (run.status === "converged" || run.again === true)) continue;
    const ending = run.status === "converged" ? stagnated : run;
    return end(verdict(now.size, target, Math.min(floor(x), LARGEST_EXCUSE * start)) ?? ending);
  }
}

/** In exact arithmetic n iterations are enough for most methods; rounding may take several times as many. */
function defaultLimit(n: number): number {
  return Math.min(Math.max(10 * n, 100), 20_000);
}

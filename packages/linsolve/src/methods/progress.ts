import type { SolveStatus } from "../report/index.js";
import type { Run } from "./iterative.js";

/** How and why an iteration ends. */
export type Stop = readonly [status: SolveStatus, because: string];

/** What every iteration counts and watches: residual norms, the limit, NaN, stagnation. */
export class Progress {
  readonly history: number[] = [];
  private best = Infinity;
  private since = 0;
  private readonly patience: number;

  /** @param n - number of unknowns: a residual may rise and fall for about as many iterations */
  constructor(n: number) {
    this.patience = Math.min(2 * n, 1000) + 50;
  }

  /** Looks at the residual norm before the next iteration; says whether, how and why to stop. */
  stop(size: number, target: number, limit: number): Stop | undefined {
    if (!Number.isFinite(size)) return ["nonFinite", "NaN or infinity in a product or in the residual"];
    if (size <= target) return ["converged", "the residual is within the tolerance"];
    if (this.history.length >= limit) return ["maxIterations", "the limit of iterations was reached"];
    this.history.push(size);
    if (size < 0.999 * this.best) {
      this.best = size;
      this.since = 0;
    } else if (++this.since > this.patience) {
      return ["stagnated", `the residual has not fallen for ${this.patience} iterations`];
    }
    return undefined;
  }

  /** The result of an iteration that ends now. */
  run(x: Float64Array, status: SolveStatus, because: string, again = false): Run {
    const { history } = this;
    return { x, status, because, iterations: history.length, history, again };
  }
}

import type { Status } from "./solution.js";

/** One update, in numbers. */
export interface Step {
  readonly iteration: number;
  readonly error: number;
  /** ‖x⁺ - x‖ */
  readonly movement: number;
  /** ‖x⁺‖ */
  readonly size: number;
}

/** Beyond this many times the scale of the problem, an iterate counts as run away. */
const growth = 1e12;

/** Decides after every update whether to go on, from the history of the errors. */
export class StoppingRule {
  private best = Infinity;
  private bestIteration = 0;
  private worst = 0;
  private scale: number;
  private largest: number;

  constructor(
    private readonly tolerance: number,
    startSize: number,
    private readonly epsilon: number,
  ) {
    this.scale = Math.max(1, startSize);
    this.largest = startSize;
  }

  /** How the solve ends here, or undefined to go on. */
  judge(step: Step): Status | undefined {
    const { iteration, error, movement, size } = step;
    if (Number.isNaN(error) || !Number.isFinite(size)) return "nonFinite";
    if (iteration === 1) this.scale = Math.max(this.scale, movement);
    if (size > growth * this.scale) return "diverged";
    if (error <= this.tolerance) return "converged";
    this.record(step);
    return this.isStalled(step) ? "stalled" : undefined;
  }

  private record({ iteration, error, size }: Step): void {
    // Records among rounding noise are broken by ever smaller amounts: only a tenth less counts as progress.
    if (error < 0.9 * this.best) {
      this.best = error;
      this.bestIteration = iteration;
    }
    if (error < Infinity) this.worst = Math.max(this.worst, error);
    this.largest = Math.max(this.largest, size);
  }

  /**
   * No progress for half as long as it took to get here, while x moves by rounding or the error has fallen to
   * rounding. An accelerated method may go a long time without a new best error, so both are asked for.
   */
  private isStalled({ iteration, error, movement }: Step): boolean {
    if (iteration - this.bestIteration <= 100 + this.bestIteration / 2) return false;
    return movement <= 500 * this.epsilon * this.largest || error <= 1e5 * this.epsilon * this.worst;
  }
}

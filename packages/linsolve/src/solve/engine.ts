import { LinearSolveError, type SolveReport } from "../report/index.js";
import type { Goal, Method, Outcome, Prepared } from "../methods/index.js";
import type { LinearSystem } from "../system/index.js";
import { allFinite, norm, scale } from "../vector/index.js";
import type { Settings } from "./options.js";

/** The numerical solves of one call: one preparation of A for all right-hand sides, in both directions. */
export class Engine {
  /** The first solve is the one of the value, and the one that x0 is meant for. */
  private isFirst = true;
  /** The method at work on A: made once, when it is first needed. */
  readonly preparation: () => Prepared;

  constructor(
    readonly system: LinearSystem,
    readonly settings: Settings,
    private readonly x0: Float64Array | undefined,
    preparation?: () => Prepared,
  ) {
    let prepared: Prepared | undefined;
    this.preparation = preparation ?? (() => (prepared ??= settings.method.prepare(system)));
  }

  /** A method for A^T A x = b that shares the preparation, if there is one. */
  get normal(): Method | undefined {
    return this.preparation().normal;
  }

  /** An engine with other settings that shares the preparation. */
  with(settings: Partial<Omit<Settings, "method">>): Engine {
    return new Engine(this.system, { ...this.settings, ...settings }, undefined, this.preparation);
  }

  /** An engine for the numbers that A has now. */
  renewed(): Engine {
    return new Engine(this.system.renewed(), this.settings, this.x0);
  }

  /**
   * x with A x = b, or with A^T x = b.
   *
   * @throws LinearSolveError unless converged, or told to return all the same
   */
  solve(b: Float64Array, transposed: boolean): Float64Array {
    const { system, settings } = this;
    const before = { products: system.products, factorisations: system.factorisations };
    const outcome = this.scaledSolve(b, transposed);
    const { x, status, method, because, iterations, residual, relativeResidual } = outcome;
    const { condition, history } = outcome;
    const report: SolveReport = {
      status,
      method,
      because,
      iterations,
      residual,
      relativeResidual,
      ...(condition !== undefined && { condition }),
      ...(history !== undefined && { history }),
      products: system.products - before.products,
      factorisations: system.factorisations - before.factorisations,
      transposed,
    };
    this.isFirst = false;
    settings.onReport(report);
    if (report.status !== "converged" && settings.onFailure === "throw") throw new LinearSolveError(report);
    return x;
  }

  /** Right-hand sides are brought to norm 1, so that no threshold of a method depends on their units. */
  private scaledSolve(b: Float64Array, transposed: boolean): Outcome {
    const { system, settings } = this;
    const size = norm(b);
    const method = settings.method.name;
    const unknowns = transposed ? system.rows : system.columns;
    const trivial = { method, iterations: 0, x: new Float64Array(unknowns) };
    if (size === 0) {
      const because = "b = 0 (or has no elements), so x = 0";
      return { ...trivial, status: "converged", because, residual: 0, relativeResidual: 0 };
    }
    if (!Number.isFinite(size)) {
      const x = trivial.x.fill(NaN);
      const because = "the right-hand side has NaN or infinite elements";
      return { ...trivial, x, status: "nonFinite", because, residual: NaN, relativeResidual: NaN };
    }
    const goal: Goal = {
      transposed,
      relative: settings.relative ?? (system.epsilon > 1e-10 ? 1e-5 : 1e-12),
      absolute: settings.absolute / size,
      maxIterations: settings.maxIterations,
      x0: this.x0 === undefined || !this.isFirst ? undefined : this.x0.map((value) => value / size),
    };
    const unit = b.map((value) => value / size);
    const outcome = this.preparation().solve(unit, goal);
    const x = scale(size, outcome.x);
    if (outcome.status === "converged" && !allFinite(x)) {
      return {
        ...outcome,
        x,
        status: "nonFinite",
        because: "x overflows",
        residual: NaN,
        relativeResidual: NaN,
      };
    }
    return { ...outcome, x, residual: outcome.residual * size };
  }
}

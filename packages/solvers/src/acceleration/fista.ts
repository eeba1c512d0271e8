import type { Tensor } from "@cotangent/core-tensor";
import { Routine, tree, type Tree } from "@cotangent/autodiff";
import { scaled } from "../evaluation/scaled.js";
import { dotDifferences } from "../solver/measure.js";

/** Where the next step starts, and the momentum that took it there. */
export interface Extrapolation<X> {
  /** y */
  readonly point: X;
  /** t; 1 without momentum */
  readonly momentum: number;
}

/** The points of one step: from x the method went on to y, and stepped to x⁺. */
export interface Points<X> {
  readonly x: X;
  readonly y: X;
  readonly next: X;
}

/**
 * Nesterov's extrapolation, as in FISTA, for steps of varying size:
 *
 *     t⁺ = (1 + sqrt(1 + 4 (step / step⁺) t^2)) / 2,      y⁺ = x⁺ + ((t - 1) / t⁺) (x⁺ - x)
 *
 * with the momentum dropped whenever it points uphill, <y - x⁺, x⁺ - x> > 0, which makes the method adapt to strong
 * convexity that it does not know.
 *
 * Sources: Beck & Teboulle (2009), eqs. 4.1-4.3; Scheinberg, Goldfarb & Bai (2014), sec. 3, for the steps; O'Donoghue &
 * Candès (2015), sec. 3.2, gradient scheme.
 */
export class Extrapolator<X extends Tree> {
  private readonly beyond: Routine<[next: X, x: X, factor: number], X>;

  constructor(jit: boolean | undefined) {
    const beyond = (next: X, x: X, factor: number | Tensor) =>
      tree.map((a, b) => a.add(scaled(factor, a.sub(b))), next, x) as X;
    this.beyond = new Routine(beyond, { jit });
  }

  /** @param lengthening - step⁺ / step */
  extrapolate({ x, y, next }: Points<X>, momentum: number, lengthening: number): Extrapolation<X> {
    if (dotDifferences(y, next, next, x) > 0) return { point: next, momentum: 1 };
    const t = (1 + Math.sqrt(1 + (4 * momentum * momentum) / lengthening)) / 2;
    const factor = (momentum - 1) / t;
    if (factor === 0) return { point: next, momentum: t };
    return { point: this.beyond.call(next, x, factor) as X, momentum: t };
  }
}

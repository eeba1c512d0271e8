import type { Tree } from "@cotangent/autodiff";
import type { Evaluation } from "../evaluation/evaluation.js";
import { distance, dotDifference } from "../solver/measure.js";

/** A step of one size from a point y to x⁺, in numbers. d = x⁺ - y. */
export class Trial<X extends Tree> {
  /** ‖d‖ */
  readonly length: number;
  private evaluation: Evaluation<X> | undefined;

  constructor(
    private readonly start: Evaluation<X>,
    readonly stepSize: number,
    /** x⁺ */
    readonly x: X,
    private readonly evaluate: (x: X) => Evaluation<X>,
    private readonly charge?: (d: Trial<X>) => number,
  ) {
    this.length = distance(x, start.x);
  }

  /** <grad f(y), d> */
  get slope(): number {
    return dotDifference(this.start.gradient, this.x, this.start.x);
  }

  /** What the method's model charges for the step: ‖d‖^2, or its like in a Bregman geometry. */
  get squaredLength(): number {
    return this.charge === undefined ? this.length * this.length : this.charge(this);
  }

  /** f at x⁺, evaluated when first asked for. */
  get end(): Evaluation<X> {
    return (this.evaluation ??= this.evaluate(this.x));
  }

  /** f at x⁺, if somebody asked. */
  get known(): Evaluation<X> | undefined {
    return this.evaluation;
  }
}

import { tracedOf, type Tensor } from "@cotangent/core-tensor";
import { Routine, tree, type Tree } from "@cotangent/autodiff";
import type { Prox } from "@cotangent/implicit";
import type { Evaluation } from "../evaluation/evaluation.js";
import { scaled } from "../evaluation/scaled.js";

/** One step, of a size that is a number or, in compiled code, a scalar tensor. */
export type StepRoutine<X, Theta> = Routine<[y: X, gradient: X, stepSize: number, theta: Theta], X>;

/**
 * Takes steps x⁺ = prox(y - step grad f(y), theta, step).
 *
 * A prox wants a number for the size, but most take a scalar tensor as well: those are compiled once, for all sizes, and
 * compared with what they do with a number. Others are compiled for each size that they are called with.
 */
export class Stepper<X extends Tree, Theta> {
  /** Compiled for all sizes. */
  readonly ofAnySize: StepRoutine<X, Theta>;
  /** Compiled for each size. */
  readonly ofOneSize: StepRoutine<X, Theta>;
  private readonly hasProx: boolean;
  private takesTensors = true;
  private chosen: StepRoutine<X, Theta> | undefined;

  constructor(prox: Prox<X, Theta> | undefined, where: string, jit: boolean | undefined) {
    const step = (y: X, gradient: X, stepSize: number | Tensor, theta: Theta): X => {
      const forward = tree.map((a, g) => a.sub(scaled(stepSize, g)), y, gradient) as X;
      if (prox === undefined) return forward;
      const flat = tree.flatten(forward);
      const next = tree.flattenLike(
        flat,
        prox(forward, theta, stepSize as number),
        `${where}: result of prox`,
      );
      return tree.unflatten(flat.structure, next) as X;
    };
    this.hasProx = prox !== undefined;
    this.ofAnySize = new Routine(step, { jit, confirm: this.hasProx });
    this.ofOneSize = new Routine(step, { jit, static: [2] });
  }

  /** A run begins. */
  begin(): void {
    this.ofAnySize.begin();
    this.ofOneSize.begin();
    this.chosen = undefined;
  }

  /** Why steps of this run are not compiled; undefined when they are. */
  get refusal(): string | undefined {
    return this.routine.refusal;
  }

  /** The routine of this run. */
  get routine(): StepRoutine<X, Theta> {
    return this.chosen ?? this.ofAnySize;
  }

  step({ x: y, gradient }: Evaluation<X>, stepSize: number, theta: Theta): X {
    this.chosen ??= this.takesTensors && this.isForTensors(y, theta) ? this.ofAnySize : this.ofOneSize;
    const next = this.chosen.call(y, gradient, stepSize, theta) as X;
    if (this.chosen === this.ofAnySize && this.chosen.isRefused) {
      this.takesTensors = false;
      this.chosen = this.ofOneSize;
    }
    return next;
  }

  /** A number takes the dtype of what it is multiplied by, a scalar tensor only where that is float64. */
  private isForTensors(y: X, theta: Theta): boolean {
    return (
      !this.hasProx ||
      [...tree.leaves(y), ...tree.leaves(theta)].every(
        (x) => x.dtype === "float64" && tracedOf(x) === undefined,
      )
    );
  }
}

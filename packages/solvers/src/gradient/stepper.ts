import type { Tensor } from "@cotangent/core-tensor";
import { Routine, tree, type Tree } from "@cotangent/autodiff";
import type { Prox } from "@cotangent/implicit";
import type { Evaluation } from "../evaluation/evaluation.js";
import { scaled } from "../evaluation/scaled.js";

/** Takes steps x⁺ = prox(y - step grad f(y), theta, step). */
export class Stepper<X extends Tree, Theta> {
  /** A step whose size a prox sees, which wants a number, is compiled for each size that it is taken with. */
  readonly routine: Routine<[y: X, gradient: X, stepSize: number, theta: Theta], X>;

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
    this.routine = new Routine(step, { jit, static: prox === undefined ? [] : [2] });
  }

  step({ x: y, gradient }: Evaluation<X>, stepSize: number, theta: Theta): X {
    return this.routine.call(y, gradient, stepSize, theta) as X;
  }
}

import type { Tensor } from "@cotangent/core-tensor";
import { tree, type Tree } from "@cotangent/autodiff";
import { epsilonOf } from "../solver/measure.js";

/** A point, a direction of descent (to be subtracted), f there, and <grad f, direction>. */
export interface Line<X> {
  readonly x: X;
  readonly direction: X;
  readonly value: number;
  readonly slope: number;
}

/** Share of the first-order decrease that a step must achieve. */
const sufficient = 1e-4;

const mostHalvings = 50;

/**
 * The first of x - t d, t = 1, 1/2, 1/4, ..., at which f has decreased by a share of what its slope promises, or as far
 * as rounding can tell; undefined when there is none.
 *
 * Source: Nocedal & Wright (2006), eq. 3.6a.
 */
export function armijo<X extends Tree>(
  f: (x: X) => Tensor,
  { x, direction, value, slope }: Line<X>,
): X | undefined {
  const rounding = 16 * epsilonOf(x) * Math.abs(value);
  for (let halvings = 0, step = 1; halvings <= mostHalvings; halvings++, step /= 2) {
    const next = tree.sub(x, tree.scale(step, direction)) as X;
    if (f(next).item() <= value - sufficient * step * slope + rounding) return next;
  }
  return undefined;
}

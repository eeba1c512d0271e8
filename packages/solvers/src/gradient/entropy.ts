import { hostArray, maximum, ValueError, type Tensor } from "@cotangent/core-tensor";
import { tree, type Tree } from "@cotangent/autodiff";
import type { Trial } from "../step-size/trial.js";

/** What stands for zero, which no multiplication could leave: lost in rounding, and some dozens of steps from 1. */
const tiny = 1e-30;

/** @throws ValueError when an element is not positive: a multiplicative update would never move it from zero */
export function checkInterior(x0: Tree, where: string): void {
  const worst = tree
    .leaves(x0)
    .flatMap((leaf) => [...leaf.toTypedArray()].filter((value) => !(value > 0)))[0];
  if (worst === undefined) return;
  throw new ValueError(
    `${where}: x0 contains ${String(worst)}, but in the geometry of the entropy it must be positive everywhere: ` +
      "an element at zero would stay there. Start, for instance, at the centre",
  );
}

/** Lifts what has come too near to zero off the boundary. */
export function keepInterior<X extends Tree>(x: X): X {
  return tree.map((leaf) => maximum(leaf, tiny), x) as X;
}

/** <log x⁺ - log x, x⁺ - x>, the two Kullback-Leibler divergences between x and x⁺ added up. */
export function bregmanLength<X extends Tree>(start: X, { x }: Trial<X>): number {
  const before = tree.leaves(start);
  return tree.leaves(x).reduce((total, leaf, k) => {
    const [to, from] = [numbers(leaf), numbers(before[k]!)];
    return to.reduce((sum, value, i) => sum + (value - from[i]!) * Math.log(value / from[i]!), total);
  }, 0);
}

/**
 * ‖max(0, lambda - g)‖_2, how far some elements are from the condition that none would rather grow: g_i >= lambda, with
 * the multiplier lambda = <x, g> of a simplex, and 0 on the orthant. A multiplicative update moves an element at a rate
 * proportional to itself, so near a wrong vertex the steps are short, but this is not.
 */
export function missedDescent<X extends Tree>(x: X, gradient: X, isSimplex: boolean): number {
  const gradients = tree.leaves(gradient);
  let squares = 0;
  tree.leaves(x).forEach((leaf, k) => {
    const [values, g] = [numbers(leaf), numbers(gradients[k]!)];
    const row = isSimplex ? (leaf.shape.at(-1) ?? 1) : 1;
    for (let start = 0; start < values.length; start += row) {
      let multiplier = 0;
      if (isSimplex) for (let i = start; i < start + row; i++) multiplier += values[i]! * g[i]!;
      for (let i = start; i < start + row; i++) {
        squares += Math.max(0, multiplier - g[i]!) ** 2;
      }
    }
  });
  return Math.sqrt(squares);
}

function numbers(x: Tensor): Float64Array {
  return Float64Array.from(hostArray(x, "mirrorDescent"));
}

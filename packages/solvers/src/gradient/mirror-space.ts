import { tree, type Tree } from "@cotangent/autodiff";
import { mirrorStep, type GeometryLike, type MirrorStep } from "@cotangent/implicit";
import { checkRows } from "../projection/rows.js";
import { dotDifferences } from "../solver/measure.js";
import type { Trial } from "../step-size/trial.js";
import { bregmanLength, checkInterior, keepInterior, missedDescent } from "./entropy.js";

/** A geometry, and what mirror descent has to measure in it. */
export interface Space<X extends Tree, Theta> {
  readonly step: MirrorStep<X, Theta>;
  /** <grad phi(x⁺) - grad phi(x), x⁺ - x> */
  squaredLength(x: X, trial: Trial<X>): number;
  /** Descent that is possible at x but that the step does not show. */
  missed(x: X, gradient: X): number;
  /** Refuses a starting point that the method cannot leave. */
  check(x0: X): void;
}

/** The space of a named geometry, or of one's own. */
export function spaceOf<X extends Tree, Theta>(geometry: GeometryLike<X, Theta>): Space<X, Theta> {
  const step = mirrorStep(geometry);
  if (typeof geometry !== "string") {
    return {
      step,
      squaredLength: (x, trial) =>
        dotDifferences(geometry.mirrorMap(trial.x), geometry.mirrorMap(x), trial.x, x),
      missed: () => 0,
      check: () => undefined,
    };
  }
  return {
    step: (x, g, theta) => keepInterior(step(x, g, theta)),
    squaredLength: bregmanLength,
    missed: (x, gradient) => missedDescent(x, gradient, geometry === "simplex"),
    check: (x0) => {
      if (geometry === "simplex") for (const leaf of tree.leaves(x0)) checkRows(leaf, "mirrorDescent: x0");
      checkInterior(x0, "mirrorDescent");
    },
  };
}

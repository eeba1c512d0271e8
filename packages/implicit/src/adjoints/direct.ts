import type { Adjoint } from "./adjoint.js";
import { solving, type AdjointSolveOptions } from "./auto.js";

/** The exact derivative, by forming dF/dx and factoring it: one factorisation serves all directions, both modes. */
export function direct(options: AdjointSolveOptions = {}): Adjoint {
  return solving("direct", { method: "lu", ...options });
}

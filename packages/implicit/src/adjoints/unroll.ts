import type { SolveAdjoint } from "./adjoint.js";

/**
 * Differentiates the algorithm: `solve` itself runs under the transformation, so it has to be written with
 * Cotangent's operations. Time and memory grow with its number of iterations, and the derivative converges no faster
 * than the iterates do; it needs no conditions to hold.
 */
export function unroll(): SolveAdjoint {
  return { name: "unroll", differentiates: "solve" };
}

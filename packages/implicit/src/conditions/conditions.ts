import type { Tensor } from "@cotangent/core-tensor";

/**
 * What holds at a solution: F(x, theta) = 0. The derivative follows from this alone, by the implicit function theorem:
 *
 *     dF/dx dx + dF/dtheta dtheta = 0
 *
 * Source: Blondel et al., "Efficient and Modular Implicit Differentiation" (2022), eq. 2.
 */
export interface Conditions<X, Theta> {
  readonly name: string;
  /** F(x, theta), a tree like x that is zero at a solution. */
  residual(x: X, theta: Theta): X;
  /** What is known of dF/dx. It is checked by the linear solver, not trusted. */
  readonly claims: { readonly symmetric?: boolean; readonly positiveDefinite?: boolean };
  /** Is F = x - T(x, theta) for a fixed-point map T? One-step differentiation needs that. */
  readonly isFixedPoint: boolean;
}

/** A real-valued function of the unknown and the parameters. */
export type Objective<X, Theta> = (x: X, theta: Theta) => Tensor;

import { grad, type Tree } from "@cotangent/autodiff";
import type { Conditions, Objective } from "./conditions.js";

/**
 * The gradient in x vanishes: F = grad_x f(x, theta). At a minimum dF/dx, the Hessian, is symmetric and positive
 * semidefinite; strictly so wherever the solution is differentiable.
 */
export function stationary<X extends Tree, Theta>(f: Objective<X, Theta>): Conditions<X, Theta> {
  const gradient = grad(f) as unknown as (x: X, theta: Theta) => X;
  return { name: "stationary", residual: gradient, claims: { symmetric: true }, isFixedPoint: false };
}

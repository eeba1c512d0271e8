import type { Tree } from "@cotangent/autodiff";
import type { Conditions } from "./conditions.js";

/**
 * F(x, theta) = 0, for an F with values like x.
 *
 * @example
 * ```ts
 * const conditions = root((x: Tensor, theta: Tensor) => x.square().sub(theta));
 * conditions.residual(tensor(3), tensor(9)).item(); // => 0
 * ```
 */
export function root<X extends Tree, Theta>(f: (x: X, theta: Theta) => X): Conditions<X, Theta> {
  return { name: "root", residual: f, claims: {}, isFixedPoint: false };
}

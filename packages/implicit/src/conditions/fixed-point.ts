import { tree, type Tree } from "@cotangent/autodiff";
import type { Conditions } from "./conditions.js";

/** x = T(x, theta), as F(x, theta) = x - T(x, theta). */
export function fixedPoint<X extends Tree, Theta>(
  t: (x: X, theta: Theta) => X,
  name = "fixedPoint",
): Conditions<X, Theta> {
  return {
    name,
    residual: (x, theta) => tree.sub(x, t(x, theta)) as X,
    claims: {},
    isFixedPoint: true,
  };
}

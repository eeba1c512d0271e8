import { isFloat, type Tensor } from "@cotangent/core-tensor";
import type { Application } from "../primitive-matrix.js";

/** x + (x - c)^2 / 4: at x = c the value and the slope of x, but curved. */
const bend = (x: Tensor, c: Tensor): Tensor =>
  isFloat(x.dtype) ? x.add(x.sub(c.astype(x.dtype)).square().mul(0.25)) : x;

/**
 * An application between curves. At its operands it has the same value and first derivative; in the second one tangents
 * and cotangents move too, so that rules of linear operations are seen to be differentiable.
 */
export function bent({ run, free }: Application): Application["run"] {
  const values = run(...free);
  return (...xs) => run(...xs.map((x, i) => bend(x, free[i]!))).map((y, i) => bend(y, values[i]!));
}

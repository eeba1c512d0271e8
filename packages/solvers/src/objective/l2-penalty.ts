import {
  asTensor,
  broadcastShapes,
  formatShape,
  mul,
  sameShape,
  ShapeError,
  square,
  sum,
} from "@cotangent/core-tensor";
import type { Like, Tensor } from "@cotangent/core-tensor";

/**
 * 1/2 Σ l2reg ∘ W²: one weight for all parameters, or weights that broadcast to their shape.
 *
 * @throws ShapeError when the weights do not fit the parameters
 */
export function l2Penalty(params: Like, l2reg: Like, where: string): Tensor {
  const [w, weight] = [asTensor(params), asTensor(l2reg)];
  if (weight.ndim > w.ndim || !sameShape(broadcastShapes(weight.shape, w.shape, where), w.shape)) {
    throw new ShapeError(
      `${where}: l2reg of shape ${formatShape(weight.shape)} does not broadcast to the parameters ${formatShape(w.shape)}`,
    );
  }
  return mul(0.5, sum(mul(l2reg, square(w))));
}

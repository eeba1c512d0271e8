import { asTensor, mul, square, sub, type Like, type Tensor } from "@cotangent/core-tensor";
import { checkSameShape } from "./same-shape.js";

/**
 * Half the squared error, 1/2 (prediction - target)², element by element. Differentiable in both.
 *
 * @throws ShapeError when the shapes differ and neither is a scalar
 * @example
 * ```ts
 * loss.leastSquares(tensor([1, 2]), tensor([3, 2])); // => [2, 0]
 * ```
 */
export function leastSquares(target: Like, prediction: Like): Tensor {
  const z = asTensor(prediction);
  const y = asTensor(target, z.dtype);
  checkSameShape(y, z, "loss.leastSquares", ["targets", "predictions"]);
  return mul(0.5, square(sub(z, y)));
}

import {
  abs,
  greater,
  lessEqual,
  logicalAnd,
  mul,
  sign,
  sub,
  where,
  type Tensor,
} from "@cotangent/core-tensor";

/**
 * sign(x) max(|x| - t, 0), element by element: the prox of t |.|, for t >= 0.
 *
 * NaN stays NaN. On |x| = t the derivative is that of the zero piece, but where t = 0 the map is the identity on both
 * sides, and so is its derivative.
 */
export function softThreshold(x: Tensor, threshold: Tensor): Tensor {
  const zero = logicalAnd(lessEqual(abs(x), threshold), greater(threshold, 0));
  return where(zero, 0, sub(x, mul(sign(x), threshold)));
}

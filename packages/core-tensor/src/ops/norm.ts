import { ValueError } from "../errors/index.js";
import { normalizeAxes, type Axes } from "../shape/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { equal, greater, isFinite, logicalAnd } from "./compare.js";
import { floor } from "./arithmetic.js";
import { abs, div, log, mul, pow, sqrt, square, where } from "./elementwise.js";
import { checkOptions } from "./options.js";
import { promoteFloats } from "./promote.js";
import { max, sum } from "./reduce.js";
import { stopGradient } from "./stop-gradient.js";

/**
 * The vector norm over axes; `ord` is 2 (the default), 1 or Infinity. Scaled, so that neither overflow nor underflow of the
 * squares matters. The derivative at 0 is 0.
 *
 * @example
 * ```ts
 * norm([3, 4]).item(); // => 5
 * ```
 */
export function norm(
  x: Like,
  options: { readonly axis?: Axes; readonly keepDims?: boolean; readonly ord?: number } = {},
): Tensor {
  const input = promoteFloats([x])[0]!;
  checkOptions(options, "norm");
  const { ord = 2, keepDims = false } = options;
  const reduce = { axis: normalizeAxes(options.axis, input.ndim, "norm"), keepDims };
  if (ord === 1) return sum(abs(input), reduce);
  if (ord === Infinity) return max(abs(input), reduce);
  if (ord !== 2) throw new ValueError(`norm: ord must be 1, 2 or Infinity, got ${String(ord)}`);
  if (input.size === 0) return sum(input, reduce);
  const largest = stopGradient(max(abs(input), { ...reduce, keepDims: true }));
  const usable = logicalAnd(greater(largest, 0), isFinite(largest));
  // A power of two scales without rounding.
  const scale = pow(2, floor(div(log(where(usable, largest, 1)), Math.LN2)));
  const squares = sum(square(div(input, scale)), reduce);
  const zero = equal(squares, 0);
  // The inner `where` keeps sqrt'(0) = inf away from the derivative of the branch that is not taken.
  const root = where(zero, stopGradient(squares), sqrt(where(zero, 1, squares)));
  return mul(root, sum(scale, reduce));
}

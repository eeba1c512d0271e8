import { normalizeAxes, sizeOf } from "../shape/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { div, square, sub } from "./elementwise.js";
import { norm } from "./norm.js";
import { checkOptions } from "./options.js";
import { promoteFloats } from "./promote.js";
import { mean, sum, type ReduceOptions } from "./reduce.js";

/** Which axes, and what the sum of squares is divided by. */
export interface VarianceOptions extends ReduceOptions {
  /** The divisor is n - ddof; 1 gives the unbiased estimate. @defaultValue 0 */
  readonly ddof?: number;
}

/**
 * sum((x - mean(x))^2) / (n - ddof) over axes, from the deviations themselves, so that a large mean costs no digits. NaN
 * when there are not more than ddof elements.
 *
 * @example
 * ```ts
 * variance([1, 2, 3, 4]).item(); // => 1.25
 * variance([1, 2, 3], { ddof: 1 }).item(); // => 1
 * ```
 */
export function variance(x: Like, options: VarianceOptions = {}): Tensor {
  const { deviations, divisor } = centred(x, options, "variance");
  return div(sum(square(deviations), reduction(options)), divisor);
}

/**
 * The standard deviation |x - mean(x)| / sqrt(n - ddof) over axes. Where all elements are equal the derivative is 0, as
 * that of `norm` at 0.
 *
 * @example
 * ```ts
 * std([1, 3]).item(); // => 1
 * ```
 */
export function std(x: Like, options: VarianceOptions = {}): Tensor {
  const { deviations, divisor } = centred(x, options, "std");
  return div(norm(deviations, reduction(options)), Math.sqrt(divisor));
}

function centred(x: Like, options: VarianceOptions, name: string) {
  checkOptions(options, name);
  const input = promoteFloats([x])[0]!;
  const axes = normalizeAxes(options.axis, input.ndim, name);
  const count = sizeOf(axes.map((axis) => input.shape[axis]!));
  return {
    deviations: sub(input, mean(input, { axis: axes, keepDims: true })),
    divisor: Math.max(count - (options.ddof ?? 0), 0),
  };
}

function reduction({ axis, keepDims = false }: VarianceOptions): ReduceOptions {
  return { axis, keepDims };
}

import { ValueError } from "../errors/index.js";
import { formatShape, normalizeAxis } from "../shape/index.js";
import { arange } from "../tensor/create.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { equal, isNaN, logicalOr } from "./compare.js";
import { where } from "./elementwise.js";
import { checkOptions } from "./options.js";
import { max, min } from "./reduce.js";
import { ravel, reshape } from "./shape.js";
import { stopGradient } from "./stop-gradient.js";

/** Along which axis, and what becomes of it. */
export interface ArgOptions {
  /** @defaultValue undefined: all elements in one row */
  readonly axis?: number;
  /** Keep the reduced axis (all axes, without one given) with length 1. @defaultValue false */
  readonly keepDims?: boolean;
}

/**
 * The index of the largest element along an axis: the first one at a tie, the first NaN when there is one. int32.
 *
 * @throws ValueError for no elements
 * @example
 * ```ts
 * argmax([[3, 1, 2], [0, 5, 5]], { axis: 1 }); // => [0, 1]
 * ```
 */
export function argmax(x: Like, options: ArgOptions = {}): Tensor {
  return firstAt(max, x, options, "argmax");
}

/**
 * The index of the smallest element along an axis: the first one at a tie, the first NaN when there is one. int32.
 *
 * @throws ValueError for no elements
 * @example
 * ```ts
 * argmin([3, 1, 1]).item(); // => 1
 * ```
 */
export function argmin(x: Like, options: ArgOptions = {}): Tensor {
  return firstAt(min, x, options, "argmin");
}

/** The smallest index whose element is the extremum, which is NaN when any element is. */
function firstAt(extremum: typeof max, x: Like, options: ArgOptions, name: string): Tensor {
  checkOptions(options, name);
  const whole = stopGradient(asTensor(x));
  const input = options.axis === undefined ? ravel(whole) : whole;
  const axis = normalizeAxis(options.axis ?? 0, input.ndim, name);
  const length = input.shape[axis]!;
  if (length === 0) {
    throw new ValueError(
      `${name}: has no value over an axis of length 0 (shape ${formatShape(whole.shape)})`,
    );
  }
  const found = logicalOr(equal(input, extremum(input, { axis, keepDims: true })), isNaN(input));
  const positions = reshape(
    arange(0, length, 1, { dtype: "int32" }),
    input.shape.map((_, i) => (i === axis ? length : 1)),
  );
  const index = min(where(found, positions, length), { axis, keepDims: options.keepDims ?? false });
  if (options.axis !== undefined) return index;
  return reshape(index, options.keepDims === true ? whole.shape.map(() => 1) : []);
}

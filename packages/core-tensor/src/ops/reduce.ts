import { bindOne } from "../dispatch/index.js";
import * as p from "../primitives/index.js";
import { normalizeAxes, normalizeAxis, reduceShape, sizeOf, type Axes } from "../shape/index.js";
import { zeros } from "../tensor/create.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { isFinite } from "./compare.js";
import { add, div, exp, log, sub, where } from "./elementwise.js";
import { checkOptions } from "./options.js";
import { promoteFloats, promoteNumbers } from "./promote.js";
import { ravel, reshape } from "./shape.js";
import { stopGradient } from "./stop-gradient.js";

/** Which axes a reduction removes. */
export interface ReduceOptions {
  /** One axis, several, or all (the default); negative ones count from the end. */
  readonly axis?: Axes;
  /** Keep the reduced axes with length 1. @defaultValue false */
  readonly keepDims?: boolean;
}

/**
 * The sum over axes. Blocks of 128 are summed first, so that rounding errors stay small.
 *
 * @example
 * ```ts
 * tensor([[1, 2], [3, 4]]).sum({ axis: 1 }); // => [3, 7]
 * ```
 */
export function sum(x: Like, options: ReduceOptions = {}): Tensor {
  return reduce(p.sum, promoteNumbers([x])[0]!, options);
}

/**
 * The mean over axes.
 *
 * @example
 * ```ts
 * mean([[1, 2], [3, 4]], { axis: 1 }); // => [1.5, 3.5]
 * ```
 */
export function mean(x: Like, options: ReduceOptions = {}): Tensor {
  checkOptions(options, "mean");
  const input = promoteFloats([x])[0]!;
  const axes = normalizeAxes(options.axis, input.ndim, "mean");
  return div(sum(input, options), sizeOf(axes.map((axis) => input.shape[axis]!)));
}

/**
 * The largest element over axes; ties share the derivative evenly.
 *
 * @example
 * ```ts
 * max([[1, 2], [3, 0]], { axis: 0 }); // => [3, 2]
 * ```
 */
export function max(x: Like, options: ReduceOptions = {}): Tensor {
  return reduce(p.max, asTensor(x), options);
}

/**
 * The smallest element over axes; ties share the derivative evenly.
 *
 * @example
 * ```ts
 * min([[1, 2], [3, 0]], { axis: 1, keepDims: true }); // => [[1],\n [0]]
 * ```
 */
export function min(x: Like, options: ReduceOptions = {}): Tensor {
  return reduce(p.min, asTensor(x), options);
}

/**
 * log(sum(exp(x))) over axes, without overflow: the maximum m is taken out, m + log(sum(exp(x - m))).
 *
 * @example
 * ```ts
 * logsumexp([1000, 1000]); // => 1000.6931
 * ```
 */
export function logsumexp(x: Like, options: ReduceOptions = {}): Tensor {
  checkOptions(options, "logsumexp");
  const input = promoteFloats([x])[0]!;
  const axis = normalizeAxes(options.axis, input.ndim, "logsumexp");
  const shift = finiteMax(input, axis);
  const total = log(sum(exp(sub(input, shift)), { axis, keepDims: true }));
  return dropAxes(add(total, shift), input, options);
}

/**
 * exp(x) / sum(exp(x)) over axes (the last by default), without overflow.
 *
 * @example
 * ```ts
 * softmax([0, Math.log(3)]); // => [0.25, 0.75]
 * ```
 */
export function softmax(x: Like, options: { readonly axis?: Axes } = {}): Tensor {
  checkOptions(options, "softmax");
  const input = promoteFloats([x])[0]!;
  const axis = normalizeAxes(options.axis ?? -1, input.ndim, "softmax");
  const powers = exp(sub(input, finiteMax(input, axis)));
  return div(powers, sum(powers, { axis, keepDims: true }));
}

/**
 * log(softmax(x)) over axes (the last by default), without overflow.
 *
 * @example
 * ```ts
 * logSoftmax([0, 1000]); // => [-1000, 0]
 * ```
 */
export function logSoftmax(x: Like, options: { readonly axis?: Axes } = {}): Tensor {
  checkOptions(options, "logSoftmax");
  const input = promoteFloats([x])[0]!;
  const axis = normalizeAxes(options.axis ?? -1, input.ndim, "logSoftmax");
  const shifted = sub(input, finiteMax(input, axis));
  return sub(shifted, log(sum(exp(shifted), { axis, keepDims: true })));
}

/**
 * Running sums along an axis; of all elements in one row when no axis is given.
 *
 * @example
 * ```ts
 * cumsum([1, 2, 3]); // => [1, 3, 6]
 * ```
 */
export function cumsum(x: Like, options: { readonly axis?: number } = {}): Tensor {
  checkOptions(options, "cumsum");
  const numbers = promoteNumbers([x])[0]!;
  const input = options.axis === undefined ? ravel(numbers) : numbers;
  const axis = normalizeAxis(options.axis ?? 0, input.ndim, "cumsum");
  return bindOne(p.cumsum, [input], { axis, reverse: false });
}

/** The maximum to subtract before exp; 0 where it is infinite, so that no inf - inf arises. */
function finiteMax(x: Tensor, axis: Axes): Tensor {
  const constant = stopGradient(x);
  if (x.size === 0) return zerosOver(x, axis);
  const largest = max(constant, { axis, keepDims: true });
  return where(isFinite(largest), largest, 0);
}

/** Of no elements there is no maximum, and nothing that could overflow. */
function zerosOver(x: Tensor, axis: Axes): Tensor {
  return zeros(reduceShape(x.shape, normalizeAxes(axis, x.ndim, "max"), true), { dtype: x.dtype });
}

function dropAxes(x: Tensor, input: Tensor, options: ReduceOptions): Tensor {
  if (options.keepDims === true) return x;
  return reshape(x, reduceShape(input.shape, normalizeAxes(options.axis, input.ndim, "logsumexp")));
}

function reduce(
  primitive: typeof p.sum | typeof p.max | typeof p.min,
  x: Tensor,
  options: ReduceOptions,
): Tensor {
  checkOptions(options, primitive.name);
  const { axis, keepDims = false } = options;
  const axes = normalizeAxes(axis, x.ndim, primitive.name);
  if (axes.length === 0) return x;
  const result = bindOne<{ readonly axes: readonly number[] }>(primitive, [x], { axes });
  return keepDims ? reshape(result, reduceShape(x.shape, axes, true)) : result;
}

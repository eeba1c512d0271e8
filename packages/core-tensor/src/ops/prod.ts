import { bindOne } from "../dispatch/index.js";
import * as p from "../primitives/index.js";
import { normalizeAxes, normalizeAxis, reduceShape, sizeOf } from "../shape/index.js";
import { ones } from "../tensor/create.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { mul } from "./elementwise.js";
import { concatenate, stack } from "./join.js";
import { checkOptions } from "./options.js";
import { promoteNumbers } from "./promote.js";
import type { ReduceOptions } from "./reduce.js";
import { ravel, reshape, transpose } from "./shape.js";

/**
 * The product over axes; of no elements: 1. The product of two halves, each made so again: n - 1 multiplications, and
 * derivatives of every order that hold where elements are zero, because nothing is divided.
 *
 * @example
 * ```ts
 * prod([[1, 2], [3, 4]], { axis: 1 }); // => [2, 12]
 * ```
 */
export function prod(x: Like, options: ReduceOptions = {}): Tensor {
  checkOptions(options, "prod");
  const input = promoteNumbers([x])[0]!;
  const axes = normalizeAxes(options.axis, input.ndim, "prod");
  const kept = input.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const length = sizeOf(axes.map((axis) => input.shape[axis]!));
  const outer = kept.map((axis) => input.shape[axis]!);
  const rows = reshape(transpose(input, [...axes, ...kept]), [length, sizeOf(outer)]);
  return reshape(product(rows), reduceShape(input.shape, axes, options.keepDims ?? false));
}

/**
 * Running products along an axis; of all elements in one row when no axis is given. With neighbours multiplied first, so
 * that about 2 n multiplications do it; derivatives hold where elements are zero.
 *
 * @example
 * ```ts
 * cumprod([1, 2, 3, 4]); // => [1, 2, 6, 24]
 * ```
 */
export function cumprod(x: Like, options: { readonly axis?: number } = {}): Tensor {
  checkOptions(options, "cumprod");
  const numbers = promoteNumbers([x])[0]!;
  const input = options.axis === undefined ? ravel(numbers) : numbers;
  const axis = normalizeAxis(options.axis ?? 0, input.ndim, "cumprod");
  const [before, length, after] = [
    sizeOf(input.shape.slice(0, axis)),
    input.shape[axis]!,
    sizeOf(input.shape.slice(axis + 1)),
  ];
  return reshape(runningProduct(reshape(input, [before, length, after])), input.shape);
}

/** [n, m] -> [m]: rows k and k + n / 2 are multiplied until one is left. */
function product(rows: Tensor): Tensor {
  const [count, width] = rows.shape as [number, number];
  if (count === 0) return ones([width], { dtype: rows.dtype });
  if (count === 1) return reshape(rows, [width]);
  const half = count >> 1;
  const part = (start: number, length: number) =>
    bindOne(p.slice, [rows], { starts: [start, 0], lengths: [length, width], steps: [1, 1] });
  const halves = mul(part(0, half), part(half, half));
  return product(count % 2 === 0 ? halves : concatenate([halves, part(count - 1, 1)]));
}

/** y[k] = x[0] ... x[k] along axis 1: the running products of neighbouring pairs are y[1], y[3], ... */
function runningProduct(x: Tensor): Tensor {
  const [before, length, after] = x.shape as [number, number, number];
  if (length < 2) return x;
  const half = length >> 1;
  const part = (of: Tensor, start: number, count: number, step: number) =>
    bindOne(p.slice, [of], { starts: [0, start, 0], lengths: [before, count, after], steps: [1, step, 1] });
  const odd = runningProduct(mul(part(x, 0, half, 2), part(x, 1, half, 2)));
  const rest = length - half - 1;
  const even = concatenate([part(x, 0, 1, 1), mul(part(odd, 0, rest, 1), part(x, 2, rest, 2))], 1);
  const pairs = reshape(stack([part(even, 0, half, 1), odd], 2), [before, 2 * half, after]);
  return length % 2 === 0 ? pairs : concatenate([pairs, part(even, half, 1, 1)], 1);
}

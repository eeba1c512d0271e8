import { bindOne } from "../dispatch/index.js";
import { ShapeError } from "../errors/index.js";
import * as p from "../primitives/index.js";
import {
  broadcastShapes,
  checkShape,
  formatShape,
  normalizeAxes,
  normalizeAxis,
  sameShape,
  sizeOf,
  type Axes,
  type Shape,
} from "../shape/index.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkOptions } from "./options.js";

/**
 * The same numbers, row-major, under another shape; one length may be -1 and is then worked out. No copy.
 *
 * @throws ShapeError when the sizes differ
 * @example
 * ```ts
 * reshape([1, 2, 3, 4, 5, 6], [2, -1]); // => [[1, 2, 3],\n [4, 5, 6]]
 * ```
 */
export function reshape(x: Like, shape: Shape): Tensor {
  const input = asTensor(x);
  const target = inferLength(input, shape);
  return sameShape(input.shape, target) ? input : bindOne(p.reshape, [input], { shape: target });
}

/**
 * All elements along one axis.
 *
 * @example
 * ```ts
 * ravel([[1, 2], [3, 4]]); // => [1, 2, 3, 4]
 * ```
 */
export function ravel(x: Like): Tensor {
  return reshape(x, [-1]);
}

/**
 * Without the axes of length 1 (all of them, or those given).
 *
 * @example
 * ```ts
 * squeeze(ones([1, 2, 1])).shape; // => [2]
 * squeeze(ones([1, 2, 1]), { axis: 0 }).shape; // => [2, 1]
 * ```
 */
export function squeeze(x: Like, options: { readonly axis?: Axes } = {}): Tensor {
  checkOptions(options, "squeeze");
  const input = asTensor(x);
  const axes = options.axis === undefined ? undefined : normalizeAxes(options.axis, input.ndim, "squeeze");
  for (const axis of axes ?? []) {
    if (input.shape[axis] !== 1) {
      throw new ShapeError(`squeeze: axis ${String(axis)} of ${formatShape(input.shape)} has not length 1`);
    }
  }
  return reshape(
    input,
    input.shape.filter((length, axis) => (axes === undefined ? length !== 1 : !axes.includes(axis))),
  );
}

/**
 * With a new axis of length 1 in front of `axis` (counted in the result, as in NumPy).
 *
 * @example
 * ```ts
 * expandDims([1, 2], 0).shape; // => [1, 2]
 * expandDims([1, 2], -1).shape; // => [2, 1]
 * ```
 */
export function expandDims(x: Like, axis: number): Tensor {
  const input = asTensor(x);
  const at = normalizeAxis(axis, input.ndim + 1, "expandDims");
  return reshape(input, [...input.shape.slice(0, at), 1, ...input.shape.slice(at)]);
}

/**
 * Repeated along new axes and axes of length 1.
 *
 * @throws ShapeError when x does not broadcast to exactly `shape`
 * @example
 * ```ts
 * broadcastTo([1, 2], [3, 2]); // => [[1, 2],\n [1, 2],\n [1, 2]]
 * ```
 */
export function broadcastTo(x: Like, shape: Shape): Tensor {
  const input = asTensor(x);
  checkShape(shape, "broadcastTo");
  if (sameShape(input.shape, shape)) return input;
  if (!sameShape(broadcastShapes(input.shape, shape, "broadcastTo"), shape)) {
    throw new ShapeError(
      `broadcastTo: ${formatShape(input.shape)} does not broadcast to ${formatShape(shape)}`,
    );
  }
  return bindOne(p.broadcastTo, [input], { shape: [...shape] });
}

/**
 * Axes in another order; reversed by default.
 *
 * @example
 * ```ts
 * transpose([[1, 2, 3], [4, 5, 6]]); // => [[1, 4],\n [2, 5],\n [3, 6]]
 * transpose(ones([2, 3, 4]), [1, 0, 2]).shape; // => [3, 2, 4]
 * ```
 */
export function transpose(x: Like, axes?: readonly number[]): Tensor {
  const input = asTensor(x);
  if (axes !== undefined && !isList(axes)) {
    throw new ShapeError(`transpose: the axes are an array, such as [1, 0], got ${String(axes)}`);
  }
  const order =
    axes === undefined
      ? input.shape.map((_, axis) => input.ndim - 1 - axis)
      : axes.map((axis) => normalizeAxis(axis, input.ndim, "transpose"));
  if (order.length !== input.ndim || new Set(order).size !== order.length) {
    throw new ShapeError(
      `transpose: ${formatShape(axes ?? [])} is not an order of the ${String(input.ndim)} axes of ${formatShape(input.shape)}`,
    );
  }
  if (order.every((axis, i) => axis === i)) return input;
  return bindOne(p.transpose, [input], { axes: order });
}

/**
 * With the last two axes swapped: the transpose of a matrix, or of a batch of them.
 *
 * @example
 * ```ts
 * matrixTranspose(ones([5, 2, 3])).shape; // => [5, 3, 2]
 * ```
 */
export function matrixTranspose(x: Like): Tensor {
  const input = asTensor(x);
  if (input.ndim < 2)
    throw new ShapeError(`matrixTranspose: needs a matrix, got shape ${formatShape(input.shape)}`);
  const order = input.shape.map((_, axis) => axis);
  return transpose(input, [...order.slice(0, -2), input.ndim - 1, input.ndim - 2]);
}

function inferLength(x: Tensor, shape: Shape): Shape {
  if (!isList(shape))
    throw new ShapeError(`reshape: a shape is an array, such as [2, -1], got ${String(shape)}`);
  const open = shape.indexOf(-1);
  const known = sizeOf(shape.filter((_, axis) => axis !== open));
  const target =
    open < 0 ? [...shape] : shape.map((length, axis) => (axis === open ? x.size / known : length));
  if (sizeOf(target) !== x.size || !target.every((length) => Number.isSafeInteger(length) && length >= 0)) {
    throw new ShapeError(
      `reshape: ${String(x.size)} elements of shape ${formatShape(x.shape)} do not fill ${formatShape(shape)}` +
        (shape.filter((length) => length === -1).length > 1 ? ": only one length may be -1" : ""),
    );
  }
  return target;
}

function isList(x: unknown): x is readonly number[] {
  return Array.isArray(x);
}

import { bindOne } from "../dispatch/index.js";
import { ShapeError, ValueError } from "../errors/index.js";
import * as p from "../primitives/index.js";
import { checkShape, formatShape, normalizeAxis, sameShape, stridesOf } from "../shape/index.js";
import { arange } from "../tensor/create.js";
import { checkNumbers } from "../tensor/host-array.js";
import { asTensor, type Like } from "../tensor/like.js";
import { Tensor } from "../tensor/tensor.js";
import { equal, less } from "./compare.js";
import { add, mul, where as select } from "./elementwise.js";
import { asIndices } from "./promote.js";
import { expandDims, ravel } from "./shape.js";

/**
 * The slices of x at `indices` along an axis: the shape of the indices replaces that axis. Negative indices count from
 * the end.
 *
 * @throws ValueError for an index out of range
 * @example
 * ```ts
 * take([10, 20, 30], [2, 0]); // => [30, 10]
 * take([[1, 2], [3, 4]], -1, 1); // => [2, 4]
 * ```
 */
export function take(x: Like, indices: Like, axis = 0): Tensor {
  const input = asTensor(x);
  if (input.ndim === 0) throw new ShapeError("take: a scalar has no axis to take from");
  const along = normalizeAxis(axis, input.ndim, "take");
  const checked = inRange(asIndices(indices, "take"), input.shape[along]!, "take");
  return bindOne(p.take, [input, checked], { axis: along });
}

/**
 * out[..., j, ...] = x[..., indices[..., j, ...], ...]: one index per element, as `argsort` gives them.
 *
 * @example
 * ```ts
 * const x = tensor([[3, 1, 2]]);
 * takeAlongAxis(x, argsort(x)); // => [[1, 2, 3]]
 * ```
 */
export function takeAlongAxis(x: Like, indices: Like, axis = -1): Tensor {
  const input = asTensor(x);
  const along = normalizeAxis(axis, input.ndim, "takeAlongAxis");
  const index = inRange(asIndices(indices, "takeAlongAxis"), input.shape[along]!, "takeAlongAxis");
  const others = (t: Tensor) => t.shape.filter((_, i) => i !== along);
  if (index.ndim !== input.ndim || !sameShape(others(index), others(input))) {
    throw new ShapeError(
      `takeAlongAxis: indices ${formatShape(index.shape)} must match ${formatShape(input.shape)} outside of axis ${String(along)}`,
    );
  }
  return permuted(input, index, along);
}

/** `takeAlongAxis` for indices that are known to be in range, and to fit: those of `argsort`. */
export function permuted(input: Tensor, index: Tensor, axis: number): Tensor {
  return bindOne(p.take, [ravel(input), flatIndices(index, input.shape, axis)], { axis: 0 });
}

/** The position in a flat tensor of `shape` of every element that an index along an axis names. */
function flatIndices(index: Tensor, shape: readonly number[], axis: number): Tensor {
  const inner = stridesOf(shape)[axis]!;
  const [count, length] = [index.shape[axis]!, shape[axis]!];
  const start = new Int32Array(index.size);
  for (let position = 0; position < start.length; position++) {
    const outer = Math.floor(position / (inner * count));
    start[position] = outer * length * inner + (position % inner);
  }
  return add(new Tensor(index.shape, "int32", start), mul(index, inner));
}

/** int32 positions along an axis of `length`: negative ones counted from the end, others refused. */
export function inRange(indices: Tensor, length: number, where: string): Tensor {
  const found = { negative: false };
  const known = checkNumbers(indices, where, (numbers) => {
    for (const index of numbers) {
      if (index < -length || index >= length) {
        throw new ValueError(
          `${where}: index ${String(index)} is out of range for an axis of length ${String(length)}${rangeOf(length)}`,
        );
      }
      if (index < 0) found.negative = true;
    }
  });
  return found.negative || !known ? select(less(indices, 0), add(indices, length), indices) : indices;
}

function rangeOf(length: number): string {
  return length === 0
    ? ", which has no elements"
    : `: it goes from ${String(-length)} to ${String(length - 1)}`;
}

/**
 * indices -> rows of the identity: out[..., k] = 1 where k is the index.
 *
 * @example
 * ```ts
 * oneHot([2, 0], 3); // => [[0, 0, 1],\n [1, 0, 0]]
 * ```
 */
export function oneHot(indices: Like, classes: number): Tensor {
  checkShape([classes], "oneHot");
  const index = inRange(asIndices(indices, "oneHot"), classes, "oneHot");
  const hit = equal(expandDims(index, -1), arange(0, classes, 1, { dtype: "int32" }));
  return hit.astype("float64");
}

import { bindOne } from "../dispatch/index.js";
import { ShapeError, ValueError } from "../errors/index.js";
import * as p from "../primitives/index.js";
import { checkShape, formatShape, normalizeAxis, sameShape, stridesOf } from "../shape/index.js";
import { arange } from "../tensor/create.js";
import { allNumbers } from "../tensor/host-array.js";
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
 */
export function take(x: Like, indices: Like, axis = 0): Tensor {
  const input = asTensor(x);
  if (input.ndim === 0) throw new ShapeError("take: a scalar has no axis to take from");
  const along = normalizeAxis(axis, input.ndim, "take");
  const checked = inRange(asIndices(indices, "take"), input.shape[along]!, "take");
  return bindOne(p.take, [input, checked], { axis: along });
}

/** out[..., j, ...] = x[..., indices[..., j, ...], ...]: one index per element, as `argsort` gives them. */
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
  return take(ravel(input), flatIndices(index, input.shape, along), 0);
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

function inRange(indices: Tensor, length: number, where: string): Tensor {
  let negative = false;
  for (const index of allNumbers(indices, where)) {
    if (index < -length || index >= length) {
      throw new ValueError(
        `${where}: index ${String(index)} is out of range for an axis of length ${String(length)}`,
      );
    }
    if (index < 0) negative = true;
  }
  return negative ? select(less(indices, 0), add(indices, length), indices) : indices;
}

/** A vector on the main diagonal of a square matrix of zeros; or, of a matrix, its main diagonal. */
export function diag(x: Like): Tensor {
  const input = asTensor(x);
  if (input.ndim === 1) {
    const n = input.shape[0]!;
    const placed = bindOne(p.scatterAdd, [input, diagonalIndices(n, n)], {
      axis: 0,
      length: n * n,
      indexRank: 1,
    });
    return bindOne(p.reshape, [placed], { shape: [n, n] });
  }
  if (input.ndim !== 2)
    throw new ShapeError(`diag: needs a vector or a matrix, got ${formatShape(input.shape)}`);
  return take(ravel(input), diagonalIndices(input.shape[0]!, input.shape[1]!), 0);
}

function diagonalIndices(rows: number, columns: number): Tensor {
  const count = Math.min(rows, columns);
  return new Tensor(
    [count],
    "int32",
    Int32Array.from({ length: count }, (_, i) => i * columns + i),
  );
}

/** The sum of the main diagonal of a matrix. */
export function trace(x: Like): Tensor {
  const diagonal = diag(x);
  return bindOne(p.sum, [diagonal], { axes: [0] });
}

/** indices -> rows of the identity: out[..., k] = 1 where k is the index. */
export function oneHot(indices: Like, classes: number): Tensor {
  checkShape([classes], "oneHot");
  const index = inRange(asIndices(indices, "oneHot"), classes, "oneHot");
  const hit = equal(expandDims(index, -1), arange(0, classes, 1, { dtype: "int32" }));
  return hit.astype("float64");
}

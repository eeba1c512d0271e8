import { bindOne } from "../dispatch/index.js";
import { isFloat, promote } from "../dtype/index.js";
import { DTypeError, ShapeError } from "../errors/index.js";
import * as p from "../primitives/index.js";
import { broadcastShapes, formatShape, sameShape, sizeOf, type Shape } from "../shape/index.js";
import { ones } from "../tensor/create.js";
import { hostArray } from "../tensor/host-array.js";
import { asTensor, type Like } from "../tensor/like.js";
import { Tensor } from "../tensor/tensor.js";
import { notEqual } from "./compare.js";
import { add, where } from "./elementwise.js";
import { concatenate } from "./join.js";
import { asIndices, astype } from "./promote.js";
import { broadcastTo, reshape } from "./shape.js";
import { slice, sliceParams, type Range } from "./slice.js";
import { argsort } from "./sort.js";
import { inRange, take } from "./take.js";

/** What `at` can change: a position, ranges as `slice` takes them, or int32 indices along axis 0. */
export type AtIndex = number | readonly Range[] | Int32Array | Tensor;

/** A part of a tensor; both functions return a new tensor in which that part is changed. */
export interface TensorPart {
  /** The part replaced; at an index that is given twice the last value stays. */
  readonly set: (values: Like) => Tensor;
  /** The part with values added; at an index that is given twice both are added. */
  readonly add: (values: Like) => Tensor;
}

/**
 * A part of x to set or to add to, without changing x itself. The index is a position or an array of ranges, with the
 * meaning of `slice(x, ...index)`, or an int32 tensor of positions along axis 0, with that of `take(x, index)`. The values
 * broadcast to the part and take the dtype of x. What is replaced has derivative 0.
 *
 * @throws ShapeError when the values do not broadcast to the part
 * @throws ValueError for an index out of range
 * @throws DTypeError for values that the dtype of x cannot hold
 * @example
 * ```ts
 * at([1, 2, 3], 0).set(9); // => [9, 2, 3]
 * at([[1, 2], [3, 4]], [null, 1]).add([10, 20]); // => [[1, 12],\n [3, 24]]
 * at([0, 0, 0], new Int32Array([2, 0, 2])).add([1, 2, 3]); // => [2, 0, 4]
 * ```
 */
export function at(x: Like, index: AtIndex): TensorPart {
  const input = asTensor(x);
  if (index instanceof Tensor || index instanceof Int32Array) return positions(input, index);
  return ranges(input, typeof index === "number" ? [index] : index);
}

function ranges(x: Tensor, index: readonly Range[]): TensorPart {
  const { starts, lengths, steps } = sliceParams(x.shape, index, "at");
  const part = slice(x, ...index);
  const place = (values: Tensor) =>
    bindOne(p.place, [reshape(values, lengths)], { shape: x.shape, starts, steps });
  const set = (values: Like): Tensor => {
    const fitted = fit(valuesFor(x, values), part.shape);
    return where(place(ones(part.shape, { dtype: "bool" })), place(fitted), x);
  };
  return { set, add: (values) => set(add(part, valuesFor(x, values))) };
}

function positions(x: Tensor, index: Tensor | Int32Array): TensorPart {
  if (x.ndim === 0) throw new ShapeError("at: a scalar has no axis to index");
  const length = x.shape[0]!;
  const indices = inRange(asIndices(index, "at"), length, "at");
  const rest = x.shape.slice(1);
  const flat = reshape(indices, [indices.size]);
  const rows = (values: Like) =>
    reshape(fit(valuesFor(x, values), [...indices.shape, ...rest]), [indices.size, ...rest]);
  const scatter = (values: Tensor, to: Tensor) =>
    bindOne(p.scatterAdd, [values, to], { axis: 0, length, indexRank: 1 });
  const touched = astype(scatter(ones([indices.size], { dtype: "int32" }), flat), "bool");
  const column = reshape(touched, [length, ...rest.map(() => 1)]);
  return {
    set: (values) => {
      const replacement = rows(values);
      if (indices.size === 0) return x;
      return where(column, take(replacement, lastPlaces(flat, length)), x);
    },
    add: (values) => where(column, add(x, scatter(rows(values), flat)), x),
  };
}

/** Values broadcast to the part that they are for. */
function fit(values: Tensor, part: Shape): Tensor {
  if (!sameShape(broadcastShapes(values.shape, part, "at: values and part"), part)) {
    throw new ShapeError(
      `at: values of shape ${formatShape(values.shape)} do not fit the part, of shape ${formatShape(part)}`,
    );
  }
  return broadcastTo(values, part);
}

/** Of every position 0 .. length - 1 the last place where it occurs among the indices; 0 where it does not. */
function lastPlaces(indices: Tensor, length: number): Tensor {
  // Sorted by a stable sort, equal indices stand together and the last one comes last.
  const order = argsort(indices);
  const sorted = take(indices, order);
  const end = concatenate([notEqual(slice(sorted, [1, null]), slice(sorted, [0, -1])), [true]]);
  return bindOne(p.scatterAdd, [where(end, order, 0), sorted], { axis: 0, length, indexRank: 1 });
}

function valuesFor(x: Tensor, values: Like): Tensor {
  const given = asTensor(values, x.dtype);
  const fits = promote(x.dtype, given.dtype) === x.dtype || (isFloat(x.dtype) && isFloat(given.dtype));
  if (!fits && !(Array.isArray(values) && isWhole(given) && x.dtype === "int32")) {
    throw new DTypeError(
      `at: values of dtype ${given.dtype} do not fit into a tensor of dtype ${x.dtype}; convert one of them with astype`,
    );
  }
  return astype(given, x.dtype);
}

/** Nested arrays of numbers are float64, but may well be whole. */
function isWhole(x: Tensor): boolean {
  return sizeOf(x.shape) === 0 || hostArray(x, "at").every((value) => (value | 0) === value);
}

import { bindOne } from "../dispatch/index.js";
import { ShapeError, ValueError } from "../errors/index.js";
import * as p from "../primitives/index.js";
import { checkShape, formatShape, normalizeAxis, sameShape, sizeOf, stridesOf } from "../shape/index.js";
import { hostArray } from "../tensor/host-array.js";
import { asTensor, type Like } from "../tensor/like.js";
import { Tensor } from "../tensor/tensor.js";
import { asIndices } from "./promote.js";
import { ravel } from "./shape.js";

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
  const data = hostArray(index, "takeAlongAxis");
  const inner = stridesOf(shape)[axis]!;
  const [count, length] = [index.shape[axis]!, shape[axis]!];
  const flat = new Int32Array(data.length);
  for (let position = 0; position < flat.length; position++) {
    const i = position % inner;
    const outer = Math.floor(position / (inner * count));
    flat[position] = (outer * length + data[position]!) * inner + i;
  }
  return new Tensor(index.shape, "int32", flat);
}

/** int32 positions along an axis of `length`: negative ones counted from the end, others refused. */
export function inRange(indices: Tensor, length: number, where: string): Tensor {
  const data = hostArray(indices, where);
  let negative = false;
  for (const index of data) {
    if (index < -length || index >= length) {
      throw new ValueError(
        `${where}: index ${String(index)} is out of range for an axis of length ${String(length)}`,
      );
    }
    if (index < 0) negative = true;
  }
  if (!negative) return indices;
  return new Tensor(
    indices.shape,
    "int32",
    Int32Array.from(data, (index) => (index < 0 ? index + length : index)),
  );
}

/** indices -> rows of the identity: out[..., k] = 1 where k is the index. */
export function oneHot(indices: Like, classes: number): Tensor {
  checkShape([classes], "oneHot");
  const index = inRange(asIndices(indices, "oneHot"), classes, "oneHot");
  const data = hostArray(index, "oneHot");
  const out = new Float64Array(sizeOf(index.shape) * classes);
  for (let i = 0; i < data.length; i++) out[i * classes + data[i]!] = 1;
  return new Tensor([...index.shape, classes], "float64", out);
}

import { bindOne } from "../dispatch/index.js";
import { ShapeError, ValueError } from "../errors/index.js";
import * as p from "../primitives/index.js";
import { formatShape, normalizeAxis, sameShape } from "../shape/index.js";
import type { Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { promoteAll } from "./promote.js";
import { expandDims } from "./shape.js";
import { slice } from "./slice.js";

/**
 * Joined along an existing axis.
 *
 * @throws ShapeError when the other axes differ, or for nothing to join
 * @example
 * ```ts
 * concatenate([[1, 2], [3]]); // => [1, 2, 3]
 * ```
 */
export function concatenate(xs: readonly Like[], axis = 0): Tensor {
  const inputs = operands(xs, "concatenate");
  const first = inputs[0]!;
  if (first.ndim === 0) throw new ShapeError("concatenate: scalars have no axis to join along; use stack");
  const along = normalizeAxis(axis, first.ndim, "concatenate");
  const others = (x: Tensor) => x.shape.filter((_, i) => i !== along);
  for (const x of inputs) {
    if (x.ndim !== first.ndim) {
      throw new ShapeError(
        `concatenate: ${formatShape(first.shape)} and ${formatShape(x.shape)} have different numbers of axes. To join ` +
          "along a new axis use stack; to add an axis, expandDims",
      );
    }
    if (!sameShape(others(x), others(first))) {
      throw new ShapeError(
        `concatenate: ${formatShape(first.shape)} and ${formatShape(x.shape)} differ outside of axis ${String(along)}`,
      );
    }
  }
  return inputs.length === 1 ? first : bindOne(p.concatenate, inputs, { axis: along });
}

/**
 * Joined along a new axis.
 *
 * @example
 * ```ts
 * stack([tensor([1, 2]), tensor([3, 4])]); // => [[1, 2],\n [3, 4]]
 * ```
 */
export function stack(xs: readonly Like[], axis = 0): Tensor {
  const inputs = operands(xs, "stack");
  const first = inputs[0]!;
  const other = inputs.find((x) => !sameShape(x.shape, first.shape));
  if (other !== undefined) {
    throw new ShapeError(
      `stack: needs tensors of one shape, got ${formatShape(first.shape)} and ${formatShape(other.shape)}`,
    );
  }
  const along = normalizeAxis(axis, first.ndim + 1, "stack");
  return concatenate(
    inputs.map((x) => expandDims(x, along)),
    along,
  );
}

function operands(xs: readonly Like[], where: string): Tensor[] {
  if (!Array.isArray(xs))
    throw new ValueError(`${where}: the tensors are given as an array, ${where}([a, b])`);
  if (xs.length === 0) throw new ShapeError(`${where}: needs at least one tensor`);
  return promoteAll(xs);
}

/**
 * Cut along an axis into parts of equal length, or at the given indices (NumPy's `split`).
 *
 * @example
 * ```ts
 * split(arange(6), 3).map(String); // => ["[0, 1]", "[2, 3]", "[4, 5]"]
 * split(arange(6), [1, 4]).map(String); // => ["[0]", "[1, 2, 3]", "[4, 5]"]
 * ```
 */
export function split(x: Tensor, parts: number | readonly number[], axis = 0): Tensor[] {
  const along = normalizeAxis(axis, x.ndim, "split");
  const length = x.shape[along]!;
  if (typeof parts === "number" && !(Number.isInteger(parts) && parts > 0 && length % parts === 0)) {
    throw new ShapeError(`split: ${String(length)} elements do not divide into ${String(parts)} equal parts`);
  }
  const cuts =
    typeof parts === "number"
      ? Array.from({ length: parts - 1 }, (_, i) => ((i + 1) * length) / parts)
      : parts;
  const whole = x.shape.slice(0, along).map(() => null);
  return [...cuts, length].map((end, i) => slice(x, ...whole, [i === 0 ? 0 : cuts[i - 1]!, end]));
}

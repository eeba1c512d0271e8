import { ShapeError, ValueError } from "../errors/index.js";
import { normalizeAxis } from "../shape/index.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { concatenate } from "./join.js";
import { ravel, reshape } from "./shape.js";
import { slice } from "./slice.js";

/**
 * Moved by `shift` positions, from the end round to the front: out[i + shift] = x[i], positions modulo the length. Without
 * an axis all elements count as one row; several axes take one shift each or the same one (NumPy's `roll`).
 *
 * @throws ShapeError when the numbers of shifts and axes do not fit
 * @example
 * ```ts
 * roll([1, 2, 3, 4], 1); // => [4, 1, 2, 3]
 * roll([[1, 2], [3, 4]], -1, { axis: 0 }); // => [[3, 4],\n [1, 2]]
 * ```
 */
export function roll(
  x: Like,
  shift: number | readonly number[],
  options: { readonly axis?: number | readonly number[] } = {},
): Tensor {
  const input = asTensor(x);
  const shifts = typeof shift === "number" ? [shift] : shift;
  const broken = shifts.find((by) => !Number.isSafeInteger(by));
  if (broken !== undefined) throw new ValueError(`roll: shifts are whole numbers, got ${String(broken)}`);
  if (options.axis === undefined) {
    const total = shifts.reduce((a, b) => a + b, 0);
    return reshape(rollAxis(ravel(input), total, 0), input.shape);
  }
  const axes = typeof options.axis === "number" ? [options.axis] : options.axis;
  if (shifts.length !== axes.length && shifts.length !== 1 && axes.length !== 1) {
    throw new ShapeError(`roll: ${String(shifts.length)} shifts for ${String(axes.length)} axes`);
  }
  const along = axes.map((axis) => normalizeAxis(axis, input.ndim, "roll"));
  const count = along.length === 0 || shifts.length === 0 ? 0 : Math.max(along.length, shifts.length);
  let rolled = input;
  for (let i = 0; i < count; i++) {
    rolled = rollAxis(rolled, shifts[shifts.length === 1 ? 0 : i]!, along[along.length === 1 ? 0 : i]!);
  }
  return rolled;
}

function rollAxis(x: Tensor, shift: number, axis: number): Tensor {
  const length = x.shape[axis]!;
  const by = length === 0 ? 0 : ((shift % length) + length) % length;
  if (by === 0) return x;
  const before = new Array<null>(axis).fill(null);
  const cut = length - by;
  return concatenate([slice(x, ...before, [cut, length]), slice(x, ...before, [0, cut])], axis);
}

import { ShapeError, ValueError } from "../errors/index.js";
import { formatShape, normalizeAxis } from "../shape/index.js";
import { asTensor, type Like } from "../tensor/like.js";
import { Tensor } from "../tensor/tensor.js";
import { broadcastTo, ravel, reshape } from "./shape.js";
import { take } from "./take.js";

/**
 * The whole tensor `reps[axis]` times along every axis. Fewer counts than axes belong to the last axes; more give new axes
 * in front (NumPy's `tile`).
 *
 * @example
 * ```ts
 * tile([1, 2], 2); // => [1, 2, 1, 2]
 * tile([1, 2], [2, 1]); // => [[1, 2],\n [1, 2]]
 * ```
 */
export function tile(x: Like, reps: number | readonly number[]): Tensor {
  const input = asTensor(x);
  const counts = typeof reps === "number" ? [reps] : reps;
  counts.forEach((count) => {
    checkCount(count, "tile");
  });
  const rank = Math.max(counts.length, input.ndim);
  const times = [...new Array<number>(rank - counts.length).fill(1), ...counts];
  const lengths = [...new Array<number>(rank - input.ndim).fill(1), ...input.shape];
  // [n] as [1, n], repeated along the new axis.
  const apart = reshape(
    input,
    lengths.flatMap((length) => [1, length]),
  );
  const repeated = broadcastTo(
    apart,
    lengths.flatMap((length, axis) => [times[axis]!, length]),
  );
  return reshape(
    repeated,
    lengths.map((length, axis) => length * times[axis]!),
  );
}

/**
 * Every element as often as `repeats` says: one number for all, or one for each position along the axis. Without an axis all
 * elements in one row (NumPy's `repeat`).
 *
 * @throws ShapeError when there are not as many counts as positions
 * @example
 * ```ts
 * repeat([1, 2], 2); // => [1, 1, 2, 2]
 * repeat([[1, 2], [3, 4]], [1, 2], { axis: 0 }); // => [[1, 2],\n [3, 4],\n [3, 4]]
 * ```
 */
export function repeat(
  x: Like,
  repeats: number | readonly number[],
  options: { readonly axis?: number } = {},
): Tensor {
  const given = asTensor(x);
  const input = options.axis === undefined ? ravel(given) : given;
  const axis = normalizeAxis(options.axis ?? 0, input.ndim, "repeat");
  const counts = typeof repeats === "number" ? [repeats] : repeats;
  counts.forEach((count) => {
    checkCount(count, "repeat");
  });
  const [before, length, after] = [
    input.shape.slice(0, axis),
    input.shape[axis]!,
    input.shape.slice(axis + 1),
  ];
  if (counts.length === 1) {
    const times = counts[0]!;
    const repeated = broadcastTo(reshape(input, [...before, length, 1, ...after]), [
      ...before,
      length,
      times,
      ...after,
    ]);
    return reshape(repeated, [...before, length * times, ...after]);
  }
  if (counts.length !== length) {
    throw new ShapeError(
      `repeat: ${String(counts.length)} counts for ${String(length)} positions along axis ${String(axis)} of ${formatShape(input.shape)}`,
    );
  }
  const positions = Int32Array.from(counts.flatMap((count, i) => new Array<number>(count).fill(i)));
  return take(input, new Tensor([positions.length], "int32", positions), axis);
}

function checkCount(count: number, where: string): void {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new ValueError(`${where}: counts are whole numbers from 0, got ${String(count)}`);
  }
}

import { bindOne } from "../dispatch/index.js";
import { ShapeError, ValueError } from "../errors/index.js";
import * as p from "../primitives/index.js";
import { formatShape, type Axes, normalizeAxes, type Shape } from "../shape/index.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkOptions } from "./options.js";
import { reshape } from "./shape.js";

/**
 * What to keep of one axis: an index (the axis disappears), `[start, stop, step]` as Python's `start:stop:step` (null
 * for an end left open), or null for all of it. Negative positions count from the end.
 */
export type Range =
  | number
  | null
  | readonly [start: number | null, stop?: number | null]
  | readonly [start: number | null, stop: number | null, step: number];

/**
 * A rectangular part; axes without a range are kept whole.
 *
 * @example
 * ```ts
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * slice(x, 1); // => [4, 5, 6]
 * slice(x, null, [null, null, -2]); // => [[3, 1],\n [6, 4]]
 * ```
 */
export function slice(x: Like, ...ranges: readonly Range[]): Tensor {
  const input = asTensor(x);
  const { kept, ...params } = sliceParams(input.shape, ranges);
  return reshape(bindOne(p.slice, [input], params), kept);
}

/** What the primitives `slice` and `place` take for ranges, and the shape without the axes that an index removes. */
export function sliceParams(
  shape: Shape,
  ranges: readonly Range[],
  where = "slice",
): { starts: number[]; lengths: number[]; steps: number[]; kept: number[] } {
  if (ranges.length > shape.length) {
    throw new ShapeError(`${where}: ${String(ranges.length)} ranges for the shape ${formatShape(shape)}`);
  }
  const starts: number[] = [];
  const lengths: number[] = [];
  const steps: number[] = [];
  const kept: number[] = [];
  shape.forEach((length, axis) => {
    const range = ranges[axis] ?? null;
    if (typeof range === "number") {
      starts.push(normalizeIndex(range, length, axis, where));
      lengths.push(1);
      steps.push(1);
      return;
    }
    const [start, count, step] = resolve(range, length, where);
    starts.push(start);
    lengths.push(count);
    steps.push(step);
    kept.push(count);
  });
  return { starts, lengths, steps, kept };
}

/**
 * In reverse order along axes (all by default).
 *
 * @example
 * ```ts
 * flip([1, 2, 3]); // => [3, 2, 1]
 * ```
 */
export function flip(x: Like, options: { readonly axis?: Axes } = {}): Tensor {
  checkOptions(options, "flip");
  const input = asTensor(x);
  const axes = normalizeAxes(options.axis, input.ndim, "flip");
  const flipped = (axis: number) => axes.includes(axis);
  return bindOne(p.slice, [input], {
    starts: input.shape.map((length, axis) => (flipped(axis) ? length - 1 : 0)),
    lengths: input.shape,
    steps: input.shape.map((_, axis) => (flipped(axis) ? -1 : 1)),
  });
}

/**
 * With zeros around: widths[axis] = [before, after].
 *
 * @example
 * ```ts
 * pad([1, 2], [[1, 2]]); // => [0, 1, 2, 0, 0]
 * ```
 */
export function pad(x: Like, widths: readonly (readonly [before: number, after: number])[]): Tensor {
  const input = asTensor(x);
  if (
    widths.length !== input.ndim ||
    widths.some((width) => !isPair(width) || !width.every((n) => Number.isInteger(n) && n >= 0))
  ) {
    throw new ShapeError(
      `pad: needs one [before, after] of whole numbers from 0 per axis of ${formatShape(input.shape)}, got ` +
        JSON.stringify(widths),
    );
  }
  return bindOne(p.place, [input], {
    shape: input.shape.map((length, axis) => length + widths[axis]![0] + widths[axis]![1]),
    starts: widths.map(([before]) => before),
    steps: widths.map(() => 1),
  });
}

function isPair(width: unknown): boolean {
  return Array.isArray(width) && width.length === 2;
}

function normalizeIndex(index: number, length: number, axis: number, where: string): number {
  const position = index < 0 ? index + length : index;
  if (Number.isInteger(index) && position >= 0 && position < length) return position;
  const problem = Number.isInteger(index) ? "is out of range" : "is no whole number";
  throw new ShapeError(
    `${where}: index ${String(index)} ${problem}, for axis ${String(axis)} of length ${String(length)}`,
  );
}

/** Python's rules: first index, number of indices, step. */
function resolve(
  range: Exclude<Range, number>,
  length: number,
  where: string,
): [start: number, count: number, step: number] {
  const given: readonly unknown[] = range ?? [];
  const [from = null, to = null, step = 1] = range ?? [];
  if (given.length > 3) {
    throw new ValueError(
      `${where}: a range is [start, stop, step], got ${JSON.stringify(range)}; give one for each axis`,
    );
  }
  if (!Number.isInteger(step) || step === 0) {
    throw new ValueError(`${where}: the step must be a whole number other than 0, got ${String(step)}`);
  }
  for (const position of [from, to]) {
    if (position !== null && !Number.isInteger(position)) {
      throw new ValueError(`${where}: positions must be whole numbers, got ${String(position)}`);
    }
  }
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const place = (position: number): number =>
    Math.min(Math.max(position < 0 ? position + length : position, low), high);
  const start = from === null ? (step > 0 ? low : high) : place(from);
  const stop = to === null ? (step > 0 ? high : low) : place(to);
  return [start, Math.max(0, Math.ceil((stop - start) / step)), step];
}

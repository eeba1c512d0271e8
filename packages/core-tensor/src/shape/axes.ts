import { ShapeError } from "../errors/index.js";

/** One axis, several, or (undefined) all. Negative axes count from the end. */
export type Axes = number | readonly number[] | undefined;

/**
 * Turns a possibly negative axis into 0 <= axis < rank.
 *
 * @example
 * ```ts
 * normalizeAxis(-1, 3, "example"); // => 2
 * ```
 */
export function normalizeAxis(axis: number, rank: number, where: string): number {
  if (!Number.isInteger(axis)) {
    throw new ShapeError(
      `${where}: an axis is a whole number, got ${typeof axis === "number" ? String(axis) : JSON.stringify(axis)}`,
    );
  }
  const result = axis < 0 ? axis + rank : axis;
  if (result < 0 || result >= rank) {
    const allowed =
      rank === 0 ? "a scalar has no axes" : `they go from ${String(-rank)} to ${String(rank - 1)}`;
    throw new ShapeError(
      `${where}: axis ${String(axis)} is out of range for a tensor of rank ${String(rank)}: ${allowed}`,
    );
  }
  return result;
}

/**
 * Sorted, distinct, non-negative axes.
 *
 * @example
 * ```ts
 * normalizeAxes([-1, 0], 3, "example"); // => [0, 2]
 * normalizeAxes(undefined, 2, "example"); // => [0, 1]
 * ```
 */
export function normalizeAxes(axes: Axes, rank: number, where: string): readonly number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  if (!isList(axes)) return [normalizeAxis(axes, rank, where)];
  const result = axes.map((axis) => normalizeAxis(axis, rank, where)).sort((a, b) => a - b);
  for (let i = 1; i < result.length; i++) {
    if (result[i] === result[i - 1])
      throw new ShapeError(`${where}: axis ${String(result[i])} is given twice`);
  }
  return result;
}

/** What is left of a shape after removing `axes` (sorted), or with them kept at length 1. */
export function reduceShape(shape: readonly number[], axes: readonly number[], keepDims = false): number[] {
  const result: number[] = [];
  let next = 0;
  for (let axis = 0; axis < shape.length; axis++) {
    if (axes[next] === axis) {
      next++;
      if (keepDims) result.push(1);
    } else result.push(shape[axis]!);
  }
  return result;
}

function isList(axes: number | readonly number[]): axes is readonly number[] {
  return Array.isArray(axes);
}

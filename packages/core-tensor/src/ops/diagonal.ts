import { bindOne } from "../dispatch/index.js";
import { ShapeError, ValueError } from "../errors/index.js";
import * as p from "../primitives/index.js";
import { formatShape, normalizeAxis, sizeOf } from "../shape/index.js";
import { asTensor, type Like } from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkOptions } from "./options.js";
import { sum } from "./reduce.js";
import { reshape, transpose } from "./shape.js";

/** Which diagonal, and of which two axes. */
export interface DiagonalOptions {
  /** Above (> 0) or below (< 0) the main diagonal. @defaultValue 0 */
  readonly offset?: number;
  /** The axis of the rows. @defaultValue 0 */
  readonly axis1?: number;
  /** The axis of the columns. @defaultValue 1 */
  readonly axis2?: number;
}

/**
 * x[i, i + offset] over two axes, which disappear; the diagonal becomes the last axis (NumPy's `diagonal`).
 *
 * @throws ShapeError for fewer than two axes, or the same one twice
 * @example
 * ```ts
 * diagonal([[1, 2, 3], [4, 5, 6]], { offset: 1 }); // => [2, 6]
 * ```
 */
export function diagonal(x: Like, options: DiagonalOptions = {}): Tensor {
  return diagonalFor(x, options, "diagonal");
}

function diagonalFor(x: Like, options: DiagonalOptions, where: string): Tensor {
  checkOptions(options, where);
  const input = asTensor(x);
  const { offset = 0, axis1 = 0, axis2 = 1 } = options;
  checkOffset(offset, where);
  if (input.ndim < 2) {
    throw new ShapeError(`${where}: needs at least two axes, got shape ${formatShape(input.shape)}`);
  }
  const [row, column] = [axis1, axis2].map((axis) => normalizeAxis(axis, input.ndim, where)) as [
    number,
    number,
  ];
  if (row === column) throw new ShapeError(`${where}: axis ${String(row)} is given twice`);
  const others = input.shape.map((_, axis) => axis).filter((axis) => axis !== row && axis !== column);
  const [rows, columns] = [input.shape[row]!, input.shape[column]!];
  const batch = others.map((axis) => input.shape[axis]!);
  const flat = reshape(transpose(input, [...others, row, column]), [sizeOf(batch), rows * columns]);
  const { start, count } = placeOf(rows, columns, offset);
  const picked = bindOne(p.slice, [flat], {
    starts: [0, start],
    lengths: [sizeOf(batch), count],
    steps: [1, columns + 1],
  });
  return reshape(picked, [...batch, count]);
}

/**
 * The sum of a diagonal over two axes, which disappear (NumPy's `trace`).
 *
 * @throws ShapeError for fewer than two axes, or the same one twice
 * @example
 * ```ts
 * trace([[1, 2], [3, 4]]).item(); // => 5
 * trace(ones([4, 3, 3]), { axis1: 1, axis2: 2 }); // => [3, 3, 3, 3]
 * ```
 */
export function trace(x: Like, options: DiagonalOptions = {}): Tensor {
  return sum(diagonalFor(x, options, "trace"), { axis: -1 });
}

/**
 * A vector on diagonal number k of a square matrix of zeros; or, of a matrix, its diagonal number k.
 *
 * @throws ShapeError for other than one or two axes
 * @example
 * ```ts
 * diag([1, 2], 1); // => [[0, 1, 0],\n [0, 0, 2],\n [0, 0, 0]]
 * diag([[1, 2], [3, 4]]); // => [1, 4]
 * ```
 */
export function diag(x: Like, k = 0): Tensor {
  const input = asTensor(x);
  checkOffset(k, "diag");
  if (input.ndim === 2) return diagonal(input, { offset: k });
  if (input.ndim !== 1)
    throw new ShapeError(`diag: needs a vector or a matrix, got ${formatShape(input.shape)}`);
  const n = input.size + Math.abs(k);
  const { start } = placeOf(n, n, k);
  const placed = bindOne(p.place, [input], { shape: [n * n], starts: [start], steps: [n + 1] });
  return reshape(placed, [n, n]);
}

/** Where a diagonal starts in a flat [rows, columns] matrix, and how long it is. */
function placeOf(rows: number, columns: number, offset: number): { start: number; count: number } {
  const [top, left] = offset < 0 ? [-offset, 0] : [0, offset];
  const count = Math.max(0, Math.min(rows - top, columns - left));
  return { start: count === 0 ? 0 : top * columns + left, count };
}

function checkOffset(offset: number, where: string): void {
  if (!Number.isInteger(offset)) {
    throw new ValueError(`${where}: the number of a diagonal is a whole number, got ${String(offset)}`);
  }
}

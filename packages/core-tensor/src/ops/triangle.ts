import { ShapeError, ValueError } from "../errors/index.js";
import { formatShape } from "../shape/index.js";
import { asTensor, type Like } from "../tensor/like.js";
import { Tensor } from "../tensor/tensor.js";
import { where } from "./elementwise.js";

/** bool [rows, columns]: true on and below ("lower") or on and above ("upper") diagonal number `offset`. */
export function triangleMask(rows: number, columns: number, half: "lower" | "upper", offset = 0): Tensor {
  const mask = new Uint8Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      mask[i * columns + j] = (half === "lower" ? j - i <= offset : j - i >= offset) ? 1 : 0;
    }
  }
  return new Tensor([rows, columns], "bool", mask);
}

/**
 * The lower triangle of matrices [..., m, n], up to diagonal number k; zeros above.
 *
 * @example
 * ```ts
 * tril([[1, 2], [3, 4]]); // => [[1, 0],\n [3, 4]]
 * ```
 */
export function tril(x: Like, k = 0): Tensor {
  return triangle(x, "lower", k);
}

/**
 * The upper triangle of matrices [..., m, n], from diagonal number k; zeros below.
 *
 * @example
 * ```ts
 * triu([[1, 2], [3, 4]], 1); // => [[0, 2],\n [0, 0]]
 * ```
 */
export function triu(x: Like, k = 0): Tensor {
  return triangle(x, "upper", k);
}

function triangle(x: Like, half: "lower" | "upper", offset: number): Tensor {
  const input = asTensor(x);
  const name = half === "lower" ? "tril" : "triu";
  if (input.ndim < 2) {
    throw new ShapeError(`${name}: needs a matrix, got shape ${formatShape(input.shape)}`);
  }
  if (!Number.isInteger(offset)) {
    throw new ValueError(`${name}: the number of a diagonal is a whole number, got ${String(offset)}`);
  }
  const [rows, columns] = input.shape.slice(-2) as [number, number];
  return where(triangleMask(rows, columns, half, offset), input, 0);
}

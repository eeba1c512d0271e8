import { format } from "./format.js";
import type { FormatOptions } from "./options.js";
import { writeLine } from "./write-line.js";

/**
 * Writes the text of `format(x, options)` to the console: of a tensor, also one that is being differentiated or
 * batched, or of anything that contains tensors. To say what it is, print an object: `print({ loss })`.
 *
 * @throws ValueError for a precision or a width that is none
 * @example
 * ```ts
 * // writes [3, 4]
 * print(tensor([3, 4]));
 * // writes { w: [1, 2], b: 0.333 }
 * print({ w: tensor([1, 2]), b: 1 / 3 }, { precision: 3 });
 * // writes 2, the value at which the derivative is taken
 * grad((x: Tensor) => {
 *   print(x);
 *   return x.square();
 * })(2); // => 4
 * ```
 */
export function print(x: unknown, options: FormatOptions = {}): void {
  writeLine(format(x, options));
}

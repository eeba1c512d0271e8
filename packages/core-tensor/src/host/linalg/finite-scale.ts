import type { TypedArray } from "../../dtype/index.js";
import { ValueError } from "../../errors/index.js";

/**
 * A power of two near the largest magnitude of a matrix (1 for zeros): dividing by it rounds nothing, and afterwards
 * squares neither overflow nor underflow where it matters.
 *
 * @throws ValueError for NaN and infinities, which have no decomposition
 */
export function finiteScale(a: TypedArray, start: number, size: number, where: string): number {
  let largest = 0;
  for (let i = start; i < start + size; i++) {
    const magnitude = Math.abs(a[i]!);
    if (!(magnitude < Infinity)) {
      throw new ValueError(`${where}: the matrix holds ${String(a[i])}, and has no decomposition`);
    }
    if (magnitude > largest) largest = magnitude;
  }
  return largest === 0 ? 1 : 2 ** Math.max(-1000, Math.min(1000, Math.floor(Math.log2(largest))));
}

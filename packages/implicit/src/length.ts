import { hostArray } from "@cotangent/core-tensor";
import { tree } from "@cotangent/autodiff";

/** ‖x‖_2 of a tree of numbers, as a number; NaN or infinite where an element is. Squares neither overflow nor vanish. */
export function lengthOf(x: unknown, where: string): number {
  const arrays = tree.leaves(x).map((leaf) => hostArray(leaf, where));
  let largest = 0;
  for (const values of arrays) {
    for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  }
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let squares = 0;
  for (const values of arrays) for (let i = 0; i < values.length; i++) squares += (values[i]! / largest) ** 2;
  return largest * Math.sqrt(squares);
}

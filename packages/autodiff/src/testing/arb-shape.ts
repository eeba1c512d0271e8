import * as fc from "fast-check";
import type { Shape } from "@cotangent/core-tensor";
import { Simplest } from "./simplest.js";

/** Options of `arbShape`. */
export interface ArbShapeOptions {
  /** @defaultValue 0 */
  readonly minRank?: number;
  /** @defaultValue 3 */
  readonly maxRank?: number;
  /** The shortest axis; 0 allows tensors without elements. @defaultValue 0 */
  readonly minLength?: number;
  /** The longest axis. @defaultValue 3 */
  readonly maxLength?: number;
}

/**
 * A shape; axes of length 0 are rarer than others. It shrinks to fewer axes, `[]` in the end, and to axes of length 1, then 2, then 0: a tensor without elements is
 * shown only where it takes one to fail.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbShape, arbTensor, laws } from "@cotangent/autodiff/testing";
 *
 * const matrices = arbTensor({ shape: arbShape({ minRank: 2, maxRank: 2, minLength: 1 }) });
 * fc.assert(laws.adjoint((a: Tensor) => a.matmul(a.T), fc.tuple(matrices)));
 * ```
 */
export function arbShape({
  minRank = 0,
  maxRank = 3,
  minLength = 0,
  maxLength = 3,
}: ArbShapeOptions = {}): fc.Arbitrary<Shape> {
  const readable = (length: number) => (length === 0 ? 2.5 : length);
  const lengths = Array.from({ length: maxLength - minLength + 1 }, (_, i) => minLength + i);
  lengths.sort((a, b) => readable(a) - readable(b));
  // One axis of length 0 leaves no elements: drawn as often as the others, it would be most tensors that are empty.
  const axis = new Simplest(lengths, (length) => (length === 0 ? 1 : 3));
  return fc.array(axis, { minLength: minRank, maxLength: maxRank });
}

import * as fc from "fast-check";
import type { Shape } from "@cotangent/core-tensor";

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

/** A shape; shrinks to fewer and shorter axes, `[]` in the end. */
export function arbShape({
  minRank = 0,
  maxRank = 3,
  minLength = 0,
  maxLength = 3,
}: ArbShapeOptions = {}): fc.Arbitrary<Shape> {
  return fc.array(fc.integer({ min: minLength, max: maxLength }), { minLength: minRank, maxLength: maxRank });
}

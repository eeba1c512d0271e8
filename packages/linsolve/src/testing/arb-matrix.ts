import * as fc from "fast-check";
import { tensor, type Tensor } from "@cotangent/core-tensor";

/** Options of `arbMatrix`. */
export interface ArbMatrixOptions {
  /** Rows and columns; 0 to the largest size if not given. */
  readonly size?: number;
  /** @defaultValue 6 */
  readonly maxSize?: number;
  /** "positiveDefinite" and "symmetric" (indefinite, mostly), or neither. @defaultValue "general" */
  readonly structure?: "general" | "symmetric" | "positiveDefinite";
}

/**
 * A square matrix with a condition number below 6 in the maximum norm: elements are eighths, and the diagonal outweighs the
 * rest of its row and of its column. Shrinks to smaller sizes and to diagonal matrices.
 */
export function arbMatrix({
  size,
  maxSize = 6,
  structure = "general",
}: ArbMatrixOptions = {}): fc.Arbitrary<Tensor> {
  const sizes = size === undefined ? fc.integer({ min: 0, max: maxSize }) : fc.constant(size);
  const eighths = fc.integer({ min: -8, max: 8 }).map((k) => k / 8);
  return sizes.chain((n) =>
    fc
      .tuple(
        fc.array(eighths, { minLength: n * n, maxLength: n * n }),
        fc.array(fc.boolean(), { minLength: n, maxLength: n }),
      )
      .map(([elements, negative]) => {
        const at = (i: number, j: number): number => {
          if (i === j) return (structure !== "positiveDefinite" && negative[i]! ? -1 : 1) * (1.5 * n);
          return structure === "general" || i > j ? elements[i * n + j]! : elements[j * n + i]!;
        };
        const values = Float64Array.from({ length: n * n }, (_, k) => at(Math.floor(k / n), k % n));
        return tensor(values, { shape: [n, n] });
      }),
  );
}

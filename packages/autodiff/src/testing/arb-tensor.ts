import * as fc from "fast-check";
import { sizeOf, tensor, type DType, type Shape, type Tensor } from "@cotangent/core-tensor";
import { arbShape } from "./arb-shape.js";

/** Options of `arbTensor`. */
export interface ArbTensorOptions {
  /** One shape, or an arbitrary of shapes. @defaultValue arbShape() */
  readonly shape?: Shape | fc.Arbitrary<Shape>;
  /** An arbitrary of elements. @defaultValue eighths from -2 to 2 */
  readonly elements?: fc.Arbitrary<number>;
  /** @defaultValue "float64" */
  readonly dtype?: DType;
}

/** A tensor; shrinks to fewer and smaller elements, eighths that print in full. */
export function arbTensor({
  shape = arbShape(),
  elements = eighths,
  dtype = "float64",
}: ArbTensorOptions = {}): fc.Arbitrary<Tensor> {
  const shapes = Array.isArray(shape) ? fc.constant(shape as Shape) : (shape as fc.Arbitrary<Shape>);
  return shapes.chain((chosen) => {
    const size = sizeOf(chosen);
    return fc
      .array(elements, { minLength: size, maxLength: size })
      .map((values) => tensor(Float64Array.from(values), { shape: chosen, dtype }));
  });
}

const eighths = fc.integer({ min: -16, max: 16 }).map((k) => k / 8);

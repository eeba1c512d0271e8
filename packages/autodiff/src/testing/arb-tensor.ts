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
  const make = (values: readonly number[], chosen: Shape): Tensor => {
    const content = Float64Array.from({ length: sizeOf(chosen) }, (_, i) => values[i % POOL]!);
    return tensor(content, { shape: chosen, dtype });
  };
  if (!(shape instanceof fc.Arbitrary))
    return pool(elements, sizeOf(shape)).map((values) => make(values, shape));
  return fc.tuple(shape, pool(elements, POOL)).map(([chosen, values]) => make(values, chosen));
}

/**
 * As many elements as are drawn, whatever the shape; larger tensors repeat them. Not drawn for the shape (by `chain`),
 * so that the elements stay when the shape shrinks.
 */
const POOL = 32;

function pool(elements: fc.Arbitrary<number>, size: number): fc.Arbitrary<readonly number[]> {
  const count = Math.min(size, POOL);
  return fc.array(elements, { minLength: count, maxLength: count });
}

const eighths = fc.integer({ min: -16, max: 16 }).map((k) => k / 8);

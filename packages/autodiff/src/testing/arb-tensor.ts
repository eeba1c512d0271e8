import * as fc from "fast-check";
import { sizeOf, tensor, type DType, type Shape, type Tensor } from "@cotangent/core-tensor";
import { arbShape } from "./arb-shape.js";
import { eighths } from "./simplest.js";

/** Options of `arbTensor`. */
export interface ArbTensorOptions {
  /** One shape, or an arbitrary of shapes. @defaultValue arbShape() */
  readonly shape?: Shape | fc.Arbitrary<Shape>;
  /** An arbitrary of elements. @defaultValue eighths from -2 to 2 */
  readonly elements?: fc.Arbitrary<number>;
  /** @defaultValue "float64" */
  readonly dtype?: DType;
}

/**
 * A tensor. It shrinks to a smaller one, and then its elements one by one, as their arbitrary does: those of the default
 * to 0, 1, -1, 2, -2, 0.5, ... A counterexample prints as code that makes it again.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbTensor, laws } from "@cotangent/autodiff/testing";
 *
 * const positive = fc.integer({ min: 1, max: 20 }).map((k) => k / 4);
 * fc.assert(laws.jvpTaylor((x: Tensor) => x.log(), fc.tuple(arbTensor({ elements: positive }))));
 * ```
 */
export function arbTensor({
  shape = arbShape(),
  elements = eighths,
  dtype = "float64",
}: ArbTensorOptions = {}): fc.Arbitrary<Tensor> {
  const shapes = shape instanceof fc.Arbitrary ? shape : fc.constant(shape);
  return new TensorArbitrary(shapes, elements, dtype);
}

/** What a tensor is made of. There is one element at least, for an empty tensor that shrinks to one with elements. */
interface Drawn {
  readonly shape: fc.Value<Shape>;
  readonly elements: readonly fc.Value<number>[];
}

/** Not a `chain` from shapes to elements, which would draw other elements for every shape that it shrinks to. */
class TensorArbitrary extends fc.Arbitrary<Tensor> {
  constructor(
    private readonly shapes: fc.Arbitrary<Shape>,
    private readonly elements: fc.Arbitrary<number>,
    private readonly dtype: DType,
  ) {
    super();
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<Tensor> {
    const shape = this.shapes.generate(random, bias);
    const length = Math.max(1, sizeOf(shape.value));
    return this.made({
      shape,
      elements: Array.from({ length }, () => this.elements.generate(random, bias)),
    });
  }

  override canShrinkWithoutContext(_: unknown): _ is Tensor {
    return false;
  }

  override shrink(_: Tensor, context: unknown): fc.Stream<fc.Value<Tensor>> {
    const drawn = context as Drawn;
    return fc
      .stream(this.smaller(drawn))
      .join(this.plainer(drawn))
      .map((simpler) => this.made(simpler));
  }

  private made(drawn: Drawn): fc.Value<Tensor> {
    const { shape, elements } = drawn;
    const numbers = Float64Array.from(
      { length: sizeOf(shape.value) },
      (_, i) => elements[i % elements.length]!.value,
    );
    return new fc.Value(tensor(numbers, { shape: shape.value, dtype: this.dtype }), drawn);
  }

  /** Simpler shapes, with the first elements, the last ones, or those first that could be simpler. */
  private *smaller({ shape, elements }: Drawn): Generator<Drawn> {
    const plain = (x: fc.Value<number>) => this.simplest(x) === x;
    const tellingFirst = [...elements.filter((x) => !plain(x)), ...elements.filter(plain)];
    for (const next of this.shapes.shrink(shape.value, shape.context)) {
      const length = Math.max(1, sizeOf(next.value));
      yield { shape: next, elements: elements.slice(0, length) };
      if (length >= elements.length) continue;
      yield { shape: next, elements: elements.slice(-length) };
      yield { shape: next, elements: tellingFirst.slice(0, length) };
    }
  }

  /** Simpler elements: halves, quarters, ... of them at once as simple as can be, then one by one. */
  private *plainer({ shape, elements }: Drawn): Generator<Drawn> {
    const size = sizeOf(shape.value);
    for (let width = size; width > 1; width = Math.ceil(width / 2)) {
      for (let start = 0; start < size; start += width) {
        const block = elements.map((x, i) => (i >= start && i < start + width ? this.simplest(x) : x));
        if (block.some((x, i) => x !== elements[i])) yield { shape, elements: block };
      }
    }
    for (const [i, x] of elements.slice(0, size).entries()) {
      for (const simpler of this.elements.shrink(x.value, x.context)) {
        yield { shape, elements: elements.map((old, k) => (k === i ? simpler : old)) };
      }
    }
  }

  private simplest(x: fc.Value<number>): fc.Value<number> {
    return this.elements.shrink(x.value, x.context).getNthOrLast(0) ?? x;
  }
}

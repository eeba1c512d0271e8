import type { Traced } from "../dispatch/trace.js";
import { isTypedArray, type DType, type TypedArray } from "../dtype/index.js";
import { ShapeError, ValueError } from "../errors/index.js";
import type { HostTensor } from "../primitives/primitive.js";
import { TransposedMatrix } from "../primitives/transposed-matrix.js";
import { formatTensor } from "../print/format-tensor.js";
import type { FormatOptions } from "../print/options.js";
import { sourceOf } from "../print/source.js";
import { writeLine } from "../print/write-line.js";
import { formatShape, sizeOf, type Shape } from "../shape/index.js";
import { hostArray } from "./host-array.js";
import { LinalgMethods } from "./methods/linalg-methods.js";
import { nest, type Nested } from "./nested.js";

/**
 * An immutable n-dimensional array of numbers (row-major), or, inside a transformation, a value that stands for one.
 *
 * Make one with `tensor`, `zeros`, `arange`, ...; every operation that takes a tensor first is also a method.
 *
 * @example
 * ```ts
 * const x = tensor([[1, 2], [3, 4]]);
 * x.mul(2).sum({ axis: 0 }); // => [8, 12]
 * ```
 */
export class Tensor extends LinalgMethods {
  readonly shape: Shape;
  readonly dtype: DType;
  private known: TypedArray | Traced | undefined;
  private later: TransposedMatrix | undefined;

  /** @internal use `tensor(...)` */
  constructor(shape: Shape, dtype: DType, content: TypedArray | Traced | TransposedMatrix) {
    super();
    this.shape = shape;
    this.dtype = dtype;
    const isLater = !ArrayBuffer.isView(content) && content instanceof TransposedMatrix;
    this.known = isLater ? undefined : content;
    this.later = isLater ? content : undefined;
  }

  /** @internal the numbers, or what a trace keeps instead; never modified */
  get content(): TypedArray | Traced {
    if (this.later !== undefined) {
      this.known = this.later.rearranged();
      this.later = undefined;
    }
    return this.known!;
  }

  /** @internal what a trace keeps instead of numbers */
  get traced(): Traced | undefined {
    const { known } = this;
    return known === undefined || ArrayBuffer.isView(known) ? undefined : known;
  }

  /** @internal the matrix of which this is the transpose, until somebody has asked for the content */
  get transposeOf(): HostTensor | undefined {
    return this.later?.matrix;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** Number of axes. */
  get ndim(): number {
    return this.shape.length;
  }

  /**
   * The number in a tensor of one element; inside a transformation, the primal number.
   *
   * @throws ShapeError when there is not exactly one element
   */
  item(): number {
    const data = hostArray(this, "item");
    if (data.length !== 1) {
      throw new ShapeError(`item: needs exactly one element, but the shape is ${formatShape(this.shape)}`);
    }
    return data[0]!;
  }

  /** The numbers as nested arrays (a number for a scalar, booleans for dtype bool). */
  toArray(): Nested {
    return nest(hostArray(this, "toArray"), this.shape, this.dtype === "bool");
  }

  /** A copy of the numbers, row-major. */
  toTypedArray(): TypedArray {
    return hostArray(this, "toTypedArray").slice();
  }

  /**
   * The slices along the first axis, as NumPy iterates: `const [a, b] = random.split(key)`. A scalar is not iterable
   * (TypeError): the property is undefined there, which is how test runners tell what they may iterate over.
   */
  get [Symbol.iterator](): () => Iterator<Tensor> {
    const slices = () => Array.from({ length: this.shape[0]! }, (_, i) => this.take(i))[Symbol.iterator]();
    return (this.ndim === 0 ? undefined : slices) as () => Iterator<Tensor>;
  }

  /** The text of the tensor, as `format` gives it. */
  override toString(): string {
    return formatTensor(this);
  }

  /** Writes the text of the tensor to the console, as the function `print` does. */
  print(options?: FormatOptions): void {
    writeLine(formatTensor(this, options));
  }

  /**
   * `${x}` is the text of x; arithmetic operators, which would silently go through that text, are refused. Where x has no
   * number of its own (under `jit` or `vmap`), so are `+` and `==`, and the error says what takes the place of an `if`.
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    hostArray(this, "a JavaScript operator");
    if (hint === "default") return this.toString();
    throw new ValueError(
      "JavaScript's operators do not work on a Tensor: use its methods, such as x.mul(2), or its number, x.item()",
    );
  }

  /** What Node prints for `console.log(tensor)`. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const traced = isTypedArray(this.content) ? "" : `, traced by ${this.content.trace.name}`;
    const head = `Tensor(${formatShape(this.shape)}, ${this.dtype}${traced}) `;
    return head + formatTensor(this).replaceAll("\n", `\n${" ".repeat(head.length)}`);
  }

  /** What fast-check prints for a counterexample: code that makes this tensor again. */
  [Symbol.for("fast-check/toStringMethod")](): string {
    return sourceOf(this);
  }
}

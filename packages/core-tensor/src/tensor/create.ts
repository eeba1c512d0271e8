import {
  allocate,
  checkDType,
  dtypeOf,
  isFloat,
  isTypedArray,
  type DType,
  type TypedArray,
} from "../dtype/index.js";
import { ShapeError, ValueError } from "../errors/index.js";
import { checkShape, formatShape, sameShape, sizeOf, type Shape } from "../shape/index.js";
import { cast } from "../primitives/elementwise.js";
import { bindOne } from "../dispatch/index.js";
import type { Like } from "./like.js";
import { flattenNested } from "./nested.js";
import { Tensor } from "./tensor.js";

/** Options of the functions that make tensors. */
export interface CreateOptions {
  /** @defaultValue "float64", or what the data has */
  readonly dtype?: DType;
}

/**
 * A tensor from a number, a boolean, nested arrays, a typed array (copied) or a tensor.
 *
 * @throws ShapeError for ragged arrays, or when `shape` does not fit the number of elements
 * @throws DTypeError for an unknown dtype
 * @example
 * ```ts
 * tensor([[1, 2, 3]]).shape; // => [1, 3]
 * tensor(new Float64Array([1, 2, 3, 4]), { shape: [2, 2] }).sum().item(); // => 10
 * ```
 */
export function tensor(data: Like, options: CreateOptions & { readonly shape?: Shape } = {}): Tensor {
  if (typeof options !== "object") {
    throw new ValueError(
      `tensor: options are an object, such as { dtype: "float32" }, got ${JSON.stringify(options)}`,
    );
  }
  const { dtype, shape } = options;
  if (dtype !== undefined) checkDType(dtype, "tensor");
  if (shape !== undefined) checkShape(shape, "tensor");
  const made = fromLike(data, dtype);
  if (shape === undefined || sameShape(shape, made.shape)) return made;
  if (sizeOf(shape) !== made.size) {
    throw new ShapeError(`tensor: ${String(made.size)} elements do not fill the shape ${formatShape(shape)}`);
  }
  if (data instanceof Tensor) throw new ShapeError("tensor: to change the shape of a tensor use reshape");
  return new Tensor([...shape], made.dtype, made.content);
}

function fromLike(data: Like, dtype: DType | undefined): Tensor {
  if (data instanceof Tensor) {
    return dtype === undefined || dtype === data.dtype ? data : bindOne(cast, [data], { dtype });
  }
  if (isTypedArray(data)) {
    const type = dtype ?? dtypeOf(data);
    if (dtype === undefined && data instanceof Uint8Array && data.some((byte) => byte > 1)) {
      throw new ValueError(
        "tensor: bytes are taken for bool, but there are some above 1; say what they are with dtype",
      );
    }
    return new Tensor([data.length], type, stored(data, type, "tensor"));
  }
  if (typeof data !== "object" && typeof data !== "number" && typeof data !== "boolean") {
    const kind: string = typeof data;
    const what = kind === "undefined" ? "undefined: is an argument missing?" : `a ${kind}`;
    throw new ValueError(`tensor: cannot make a tensor of ${what}`);
  }
  const { shape, values } = flattenNested(data);
  const allBoolean = values.length > 0 && values.every((value) => typeof value === "boolean");
  const type = dtype ?? (allBoolean ? "bool" : "float64");
  return new Tensor(shape, type, stored(values.map(Number), type, "tensor"));
}

/** A copy of the numbers as `dtype` stores them: a bool is a byte, 0 or 1; what int32 cannot hold is refused. */
function stored(values: TypedArray | readonly number[], dtype: DType, where: string): TypedArray {
  if (isTypedArray(values) && dtype !== "bool" && dtypeOf(values) === dtype) return values.slice();
  const content = allocate(dtype, values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (dtype === "int32" && !(value >= -(2 ** 31) && value < 2 ** 31)) {
      throw new ValueError(`${where}: int32 cannot hold ${String(value)} (element ${String(i)})`);
    }
    content[i] = dtype === "bool" ? Number(value !== 0) : value;
  }
  return content;
}

/**
 * A tensor filled with one value.
 *
 * @example
 * ```ts
 * full([2, 2], 7); // => [[7, 7],\n [7, 7]]
 * ```
 */
export function full(shape: Shape, value: number, { dtype = "float64" }: CreateOptions = {}): Tensor {
  checkShape(shape, "full");
  checkDType(dtype, "full");
  if (typeof value !== "number") throw new ValueError(`full: the value is a number, got ${typeof value}`);
  const content = allocate(dtype, sizeOf(shape));
  // A float is what it is, and a new array has zeros: this is done at every step of every backward pass.
  const element = isFloat(dtype) ? value : stored([value], dtype, "full")[0]!;
  return new Tensor([...shape], dtype, Object.is(element, 0) ? content : content.fill(element));
}

/**
 * A tensor of zeros.
 *
 * @example
 * ```ts
 * zeros([2]); // => [0, 0]
 * ```
 */
export function zeros(shape: Shape, options: CreateOptions = {}): Tensor {
  checkShape(shape, "zeros");
  return full(shape, 0, options);
}

/**
 * A tensor of ones.
 *
 * @example
 * ```ts
 * ones([2, 1]); // => [[1],\n [1]]
 * ```
 */
export function ones(shape: Shape, options: CreateOptions = {}): Tensor {
  checkShape(shape, "ones");
  return full(shape, 1, options);
}

/**
 * Zeros with the shape and dtype of x.
 *
 * @example
 * ```ts
 * zerosLike(tensor([1, 2])); // => [0, 0]
 * ```
 */
export function zerosLike(x: Tensor): Tensor {
  return full(x.shape, 0, { dtype: x.dtype });
}

/**
 * Ones with the shape and dtype of x.
 *
 * @example
 * ```ts
 * onesLike(tensor([1, 2])); // => [1, 1]
 * ```
 */
export function onesLike(x: Tensor): Tensor {
  return full(x.shape, 1, { dtype: x.dtype });
}

/**
 * The identity matrix, rows x columns, with ones on the main diagonal.
 *
 * @example
 * ```ts
 * eye(2, 3); // => [[1, 0, 0],\n [0, 1, 0]]
 * ```
 */
export function eye(rows: number, columns = rows, { dtype = "float64" }: CreateOptions = {}): Tensor {
  checkShape([rows, columns], "eye");
  checkDType(dtype, "eye");
  const content = allocate(dtype, rows * columns);
  for (let i = 0; i < Math.min(rows, columns); i++) content[i * columns + i] = 1;
  return new Tensor([rows, columns], dtype, content);
}

/**
 * start, start + step, ... up to but without stop; `arange(n)` counts 0 .. n - 1.
 *
 * @example
 * ```ts
 * arange(2, 8, 2); // => [2, 4, 6]
 * ```
 */
export function arange(
  start: number,
  stop?: number,
  step = 1,
  { dtype = "float64" }: CreateOptions = {},
): Tensor {
  checkDType(dtype, "arange");
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (!(step !== 0) || !Number.isFinite((to - from) / step)) {
    throw new ValueError(
      `arange: needs finite ends and a step other than 0, got ${String(from)} to ${String(to)} by ${String(step)}`,
    );
  }
  const length = Math.max(0, Math.ceil((to - from) / step));
  const values = Float64Array.from({ length }, (_, i) => from + i * step);
  return new Tensor([length], dtype, stored(values, dtype, "arange"));
}

/**
 * `count` evenly spaced numbers from start to stop, both included.
 *
 * @example
 * ```ts
 * linspace(0, 1, 5); // => [0, 0.25, 0.5, 0.75, 1]
 * ```
 */
export function linspace(
  start: number,
  stop: number,
  count = 50,
  { dtype = "float64" }: CreateOptions = {},
): Tensor {
  checkShape([count], "linspace");
  checkDType(dtype, "linspace");
  const values = Float64Array.from({ length: count }, (_, i) =>
    i === count - 1 && count > 1 ? stop : start + ((stop - start) * i) / Math.max(count - 1, 1),
  );
  return new Tensor([count], dtype, stored(values, dtype, "linspace"));
}

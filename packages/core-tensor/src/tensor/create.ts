import { allocate, checkDType, dtypeOf, isTypedArray, type DType, type TypedArray } from "../dtype/index.js";
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
    const own = new Tensor([data.length], dtypeOf(data), ownCopy(data));
    return dtype === undefined || dtype === own.dtype ? own : bindOne(cast, [own], { dtype });
  }
  if (typeof data !== "object" && typeof data !== "number" && typeof data !== "boolean") {
    throw new ValueError(`tensor: cannot make a tensor of a ${typeof data}`);
  }
  const { shape, values } = flattenNested(data);
  const allBoolean = values.length > 0 && values.every((value) => typeof value === "boolean");
  const type = dtype ?? (allBoolean ? "bool" : "float64");
  const content = allocate(type, values.length);
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    if (type === "int32" && !(Math.abs(value) < 2 ** 31)) {
      throw new ValueError(`tensor: int32 cannot hold ${String(value)} (element ${String(i)})`);
    }
    content[i] = type === "bool" ? (value !== 0 ? 1 : 0) : value;
  }
  return new Tensor(shape, type, content);
}

/** A copy of the data; a byte of a bool is 0 or 1, whatever it was. */
function ownCopy(data: TypedArray): TypedArray {
  return data instanceof Uint8Array ? data.map((byte) => (byte !== 0 ? 1 : 0)) : data.slice();
}

/** A tensor filled with one value. */
export function full(shape: Shape, value: number, { dtype = "float64" }: CreateOptions = {}): Tensor {
  checkShape(shape, "full");
  checkDType(dtype, "full");
  return new Tensor([...shape], dtype, allocate(dtype, sizeOf(shape)).fill(value));
}

/** A tensor of zeros. */
export function zeros(shape: Shape, options: CreateOptions = {}): Tensor {
  return full(shape, 0, options);
}

/** A tensor of ones. */
export function ones(shape: Shape, options: CreateOptions = {}): Tensor {
  return full(shape, 1, options);
}

/** Zeros with the shape and dtype of x. */
export function zerosLike(x: Tensor): Tensor {
  return full(x.shape, 0, { dtype: x.dtype });
}

/** Ones with the shape and dtype of x. */
export function onesLike(x: Tensor): Tensor {
  return full(x.shape, 1, { dtype: x.dtype });
}

/** The identity matrix, rows x columns, with ones on the main diagonal. */
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
    throw new ValueError(`arange: needs finite ends and a step other than 0, got step ${String(step)}`);
  }
  const content = allocate(dtype, Math.max(0, Math.ceil((to - from) / step)));
  for (let i = 0; i < content.length; i++) content[i] = from + i * step;
  return new Tensor([content.length], dtype, content);
}

/** `count` evenly spaced numbers from start to stop, both included. */
export function linspace(
  start: number,
  stop: number,
  count = 50,
  { dtype = "float64" }: CreateOptions = {},
): Tensor {
  checkShape([count], "linspace");
  checkDType(dtype, "linspace");
  const content = allocate(dtype, count);
  for (let i = 0; i < count; i++) {
    content[i] = i === count - 1 && count > 1 ? stop : start + ((stop - start) * i) / Math.max(count - 1, 1);
  }
  return new Tensor([count], dtype, content);
}

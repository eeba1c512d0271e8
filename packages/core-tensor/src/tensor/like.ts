import { allocate, isTypedArray, type DType, type TypedArray } from "../dtype/index.js";
import { Tensor } from "./tensor.js";
import { tensor } from "./create.js";
import type { Nested } from "./nested.js";

/** What can become a tensor. */
export type Like = Tensor | number | boolean | TypedArray | readonly Nested[];

/**
 * The tensor itself, or a new one made of numbers; a bare number gets `dtype` when that can hold it.
 *
 * @example
 * ```ts
 * asTensor([1, 2]).shape; // => [2]
 * asTensor(1, "float32").dtype; // => "float32"
 * ```
 */
export function asTensor(x: Like, dtype?: DType): Tensor {
  if (x instanceof Tensor) return x;
  if (typeof x === "number") return scalar(x, dtype);
  return tensor(x);
}

/** Numbers are weak, as Python's are in NumPy: they take the dtype of the tensor that they meet. */
function scalar(value: number, dtype: DType | undefined): Tensor {
  const fits = dtype === "float32" || (dtype === "int32" && (value | 0) === value);
  const type = fits ? dtype : "float64";
  const content = allocate(type, 1);
  content[0] = value;
  return new Tensor([], type, content);
}

/**
 * Is this a tensor? (One made by another copy of this package loaded beside it is not.)
 *
 * @example
 * ```ts
 * isTensor(tensor(1)); // => true
 * isTensor([1]); // => false
 * ```
 */
export function isTensor(x: unknown): x is Tensor {
  return x instanceof Tensor;
}

/**
 * Can this become a tensor by itself? (Nested arrays of tensors cannot: use `stack`.)
 *
 * @example
 * ```ts
 * isNumeric(1); // => true
 * isNumeric([1]); // => false
 * ```
 */
export function isNumeric(x: unknown): x is number | boolean | TypedArray {
  return typeof x === "number" || typeof x === "boolean" || isTypedArray(x);
}

import { DTypeError } from "../errors/index.js";
import { keepFreedMemory } from "./freed-memory.js";
import { pieceOfSlab } from "./slab.js";
import { unwrittenMemory } from "./unwritten.js";

/** Element types. float64 is the default everywhere; float32 is for devices. */
export type DType = "float64" | "float32" | "int32" | "bool";

/** Storage of a tensor on the host. A bool is a byte, 0 or 1. */
export type TypedArray = Float64Array | Float32Array | Int32Array | Uint8Array;

const arrayTypes = { float64: Float64Array, float32: Float32Array, int32: Int32Array, bool: Uint8Array };

/** A zero-filled array that stores `size` elements of `dtype`. */
export function allocate(dtype: DType, size: number): TypedArray {
  const type = arrayTypes[dtype];
  const bytes = size * type.BYTES_PER_ELEMENT;
  keepFreedMemory(bytes);
  const piece = pieceOfSlab(bytes);
  return piece === undefined ? new type(size) : new type(piece.buffer, piece.offset, size);
}

/**
 * As `allocate`, but a large array may hold anything, old numbers of others too: only for a caller that writes every element
 * before it hands the array on, and drops it if it throws before.
 */
export function allocateUnwritten(dtype: DType, size: number): TypedArray {
  const type = arrayTypes[dtype];
  const bytes = size * type.BYTES_PER_ELEMENT;
  const memory = unwrittenMemory(bytes);
  if (memory === undefined) return allocate(dtype, size);
  keepFreedMemory(bytes);
  return new type(memory);
}

/** Bytes of one element of `dtype`. */
export function bytesOf(dtype: DType): number {
  return arrayTypes[dtype].BYTES_PER_ELEMENT;
}

/** The array of `size` elements of `dtype` that lies in a buffer. */
export function arrayIn(buffer: ArrayBuffer, offset: number, dtype: DType, size: number): TypedArray {
  return new arrayTypes[dtype](buffer, offset, size);
}

/** The dtype that a typed array stores. */
export function dtypeOf(array: TypedArray): DType {
  if (array instanceof Float64Array) return "float64";
  if (array instanceof Float32Array) return "float32";
  if (array instanceof Int32Array) return "int32";
  return "bool";
}

/** Is `value` one of the four storage arrays? */
export function isTypedArray(value: unknown): value is TypedArray {
  return (
    value instanceof Float64Array ||
    value instanceof Float32Array ||
    value instanceof Int32Array ||
    value instanceof Uint8Array
  );
}

/** Refuses, at the door, a dtype that does not exist. */
export function checkDType(dtype: unknown, where: string): asserts dtype is DType {
  if (typeof dtype !== "string" || !Object.hasOwn(arrayTypes, dtype)) {
    throw new DTypeError(
      `${where}: unknown dtype ${JSON.stringify(dtype)}; use "float64", "float32", "int32" or "bool"`,
    );
  }
}

/**
 * True for the dtypes that carry derivatives.
 *
 * @example
 * ```ts
 * isFloat("float32"); // => true
 * ```
 */
export function isFloat(dtype: DType): boolean {
  return dtype === "float64" || dtype === "float32";
}

/**
 * NumPy's promotion: int32 with float32 gives float64, because float32 cannot hold every int32.
 *
 * @example
 * ```ts
 * promote("bool", "int32"); // => "int32"
 * promote("int32", "float32"); // => "float64"
 * ```
 */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  if (a === "bool") return b;
  if (b === "bool") return a;
  return "float64";
}

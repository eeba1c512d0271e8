import type { TypedArray } from "../../dtype/index.js";
import { factors, scratch, views } from "../../simd/index.js";
import { isFloats, memoryLike, room, type Floats } from "./matrix.js";

/** Matrices with fewer rows are factored as fast by plain loops; those of float32 are slower. */
const smallest = (a: Floats) => (a instanceof Float64Array ? 14 : 10);

/**
 * As `factorLu`, with its bits, in WebAssembly SIMD. False, and nothing done, where plain loops are as fast, or the only
 * ones there are.
 */
export function simdLu(
  a: TypedArray,
  start: number,
  n: number,
  order: TypedArray,
  startOrder: number,
): boolean {
  return isFloats(a) && n >= smallest(a) && luInMemory(a, start, n, order, startOrder);
}

/** As `simdLu`, whatever the size. */
export function luInMemory(
  a: Floats,
  start: number,
  n: number,
  order: TypedArray,
  startOrder: number,
): boolean {
  const kernels = factors.kernels();
  const at = kernels && scratch(room(n * n, a) + room(n, a) + kernels.factorWork());
  if (at === undefined) return false;
  const rows = at + room(n * n, a);
  const lu = a instanceof Float64Array ? kernels!.lu64 : kernels!.lu32;
  const inMemory = matrixAt(at, n, a);
  inMemory.set(a.subarray(start, start + n * n));
  lu(n, at, rows, rows + room(n, a));
  a.set(inMemory, start);
  order.set(views().int32.subarray(rows / 4, rows / 4 + n), startOrder);
  return true;
}

/** As `factorCholesky`, with its bits, in WebAssembly SIMD; undefined where plain loops have to do it. */
export function simdCholesky(a: TypedArray, start: number, n: number): number | undefined {
  return isFloats(a) && n >= smallest(a) ? choleskyInMemory(a, start, n) : undefined;
}

/** As `simdCholesky`, whatever the size. */
export function choleskyInMemory(a: Floats, start: number, n: number): number | undefined {
  const kernels = factors.kernels();
  const at = kernels && scratch(room(n * n, a) + kernels.factorWork());
  if (at === undefined) return undefined;
  const cholesky = a instanceof Float64Array ? kernels!.cholesky64 : kernels!.cholesky32;
  const inMemory = matrixAt(at, n, a);
  inMemory.set(a.subarray(start, start + n * n));
  const minor = cholesky(n, at, at + room(n * n, a));
  if (minor === 0) a.set(inMemory, start);
  return minor;
}

/** The kernels' memory from an offset on, as an n x n matrix of the type of `a`. */
function matrixAt(offset: number, n: number, a: Floats): Floats {
  const first = offset / a.BYTES_PER_ELEMENT;
  return memoryLike(a).subarray(first, first + n * n);
}

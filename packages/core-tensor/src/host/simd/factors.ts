import type { TypedArray } from "../../dtype/index.js";
import { factors, scratch, views } from "../../simd/index.js";
import type { Triangle } from "../linalg/triangular.js";

/** Matrices with fewer rows are factored as fast by plain loops. */
const SMALLEST = 16;

/** Fewer right-hand sides than a tile of the product has columns are solved as fast by plain loops. */
const FEWEST = 4;

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
  return n >= SMALLEST && a instanceof Float64Array && luInMemory(a, start, n, order, startOrder);
}

/** As `simdLu`, whatever the size. */
export function luInMemory(
  a: Float64Array,
  start: number,
  n: number,
  order: TypedArray,
  startOrder: number,
): boolean {
  const kernels = factors.kernels();
  const bytes = 8 * n * n;
  const at = kernels && scratch(bytes + 8 * n + kernels.factorWork());
  if (at === undefined) return false;
  const { float64, int32 } = views();
  float64.set(a.subarray(start, start + n * n), at / 8);
  kernels!.lu64(n, at, at + bytes, at + bytes + 8 * n);
  a.set(float64.subarray(at / 8, at / 8 + n * n), start);
  order.set(int32.subarray((at + bytes) / 4, (at + bytes) / 4 + n), startOrder);
  return true;
}

/** As `factorCholesky`, with its bits, in WebAssembly SIMD; undefined where plain loops have to do it. */
export function simdCholesky(a: TypedArray, start: number, n: number): number | undefined {
  return n >= SMALLEST && a instanceof Float64Array ? choleskyInMemory(a, start, n) : undefined;
}

/** As `simdCholesky`, whatever the size. */
export function choleskyInMemory(a: Float64Array, start: number, n: number): number | undefined {
  const kernels = factors.kernels();
  const at = kernels && scratch(8 * n * n + kernels.factorWork());
  if (at === undefined) return undefined;
  const { float64 } = views();
  float64.set(a.subarray(start, start + n * n), at / 8);
  const minor = kernels!.cholesky64(n, at, at + 8 * n * n);
  if (minor === 0) a.set(float64.subarray(at / 8, at / 8 + n * n), start);
  return minor;
}

/** As `solveTriangle`, with its bits, in WebAssembly SIMD; false where plain loops have to do it. */
export function simdTriangle(
  a: TypedArray,
  start: number,
  n: number,
  triangle: Triangle,
  x: TypedArray,
  startX: number,
  m: number,
): boolean {
  if (n < SMALLEST || m < FEWEST || !(a instanceof Float64Array && x instanceof Float64Array)) return false;
  return triangleInMemory(a, start, n, triangle, x, startX, m);
}

/** As `simdTriangle`, whatever the size. */
export function triangleInMemory(
  a: Float64Array,
  start: number,
  n: number,
  { lower, transpose, unitDiagonal }: Triangle,
  x: Float64Array,
  startX: number,
  m: number,
): boolean {
  const kernels = factors.kernels();
  const [sizeA, sizeX] = [8 * n * n, 8 * n * m];
  const at = kernels && scratch(sizeA + sizeX + kernels.factorWork());
  if (at === undefined) return false;
  const { float64 } = views();
  float64.set(a.subarray(start, start + n * n), at / 8);
  const unknowns = at + sizeA;
  float64.set(x.subarray(startX, startX + n * m), unknowns / 8);
  const [row, column] = transpose ? [8, 8 * n] : [8 * n, 8];
  const forward = lower !== transpose;
  kernels!.solveTriangle64(n, m, at, row, column, forward, unitDiagonal, unknowns, unknowns + sizeX);
  x.set(float64.subarray(unknowns / 8, unknowns / 8 + n * m), startX);
  return true;
}

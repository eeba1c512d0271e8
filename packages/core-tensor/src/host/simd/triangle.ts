import type { TypedArray } from "../../dtype/index.js";
import { scratch, triangles, views } from "../../simd/index.js";
import type { Triangle } from "../linalg/triangular.js";

/** Smaller triangles are solved as fast by plain loops. */
const SMALLEST = 16;

/** Fewer right-hand sides than a tile of the product has columns are solved as fast by plain loops. */
const FEWEST = 4;

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
  const kernels = triangles.kernels();
  const [sizeA, sizeX] = [8 * n * n, 8 * n * m];
  const at = kernels && scratch(sizeA + sizeX + kernels.triangleWork());
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

import type { TypedArray } from "../../dtype/index.js";
import { scratch, triangles, views } from "../../simd/index.js";
import type { Triangle } from "../linalg/triangular.js";
import { residentOf } from "./matrix.js";

/** Smaller triangles are solved as fast by plain loops, which are faster for one right-hand side than for each of several. */
const smallest = { one: 24, several: 16 };

/** Fewer right-hand sides than a tile of the product has columns are solved one by one. */
const FEWEST = 4;

/** Where a copy of the n x n matrices of an array lies that are solved with again. Asked once for all of them. */
export function residentTriangles(a: TypedArray, n: number): number | undefined {
  const isWanted = n >= smallest.several && a instanceof Float64Array && triangles.kernels() !== undefined;
  return isWanted ? residentOf(a) : undefined;
}

/**
 * As `solveTriangle`, with its bits, in WebAssembly SIMD; false where plain loops have to do it. `resident` is where a copy
 * of the array `a` lies in the kernels' memory: otherwise the triangle is copied.
 */
export function simdTriangle(
  a: TypedArray,
  start: number,
  n: number,
  triangle: Triangle,
  x: TypedArray,
  startX: number,
  m: number,
  resident: number | undefined,
): boolean {
  const least = m === 1 ? smallest.one : smallest.several;
  if (n < least || !(a instanceof Float64Array && x instanceof Float64Array)) return false;
  return triangleInMemory(a, start, n, triangle, x, startX, m, resident);
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
  resident?: number,
): boolean {
  const kernels = triangles.kernels();
  if (kernels === undefined) return false;
  const isFew = m < FEWEST;
  const sizeA = resident === undefined ? 8 * n * n : 0;
  const sizeX = 8 * n * (isFew ? 1 : m);
  const at = scratch(sizeA + sizeX + (isFew ? 0 : kernels.triangleWork()));
  if (at === undefined) return false;
  const { float64 } = views();
  if (resident === undefined) float64.set(a.subarray(start, start + n * n), at / 8);
  const t = resident === undefined ? at : resident + 8 * start;
  const [row, column] = transpose ? [8, 8 * n] : [8 * n, 8];
  const forward = lower !== transpose;
  const unknowns = at + sizeA;
  const first = unknowns / 8;
  if (isFew) {
    for (let j = startX; j < startX + m; j++) {
      for (let i = 0; i < n; i++) float64[first + i] = x[j + i * m]!;
      kernels.solveVector64(n, t, row, column, forward, unitDiagonal, unknowns);
      for (let i = 0; i < n; i++) x[j + i * m] = float64[first + i]!;
    }
    return true;
  }
  float64.set(x.subarray(startX, startX + n * m), first);
  kernels.solveTriangle64(n, m, t, row, column, forward, unitDiagonal, unknowns, unknowns + sizeX);
  x.set(float64.subarray(first, first + n * m), startX);
  return true;
}

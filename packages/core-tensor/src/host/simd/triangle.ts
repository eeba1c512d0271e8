import type { TypedArray } from "../../dtype/index.js";
import { scratch, triangles } from "../../simd/index.js";
import type { Triangle } from "../linalg/triangular.js";
import { isFloats, memoryLike, residentOf, room, type Floats } from "./matrix.js";

/** Fewer right-hand sides than a tile of the product has columns are solved one by one. */
const FEWEST = 4;

/** Smaller triangles are solved as fast by plain loops: of float32, they are slower. */
const smallest = { float64: { few: 24, several: 12 }, float32: { few: 16, several: 8 } };

function leastRows(a: Floats, isFew: boolean): number {
  const least = smallest[a instanceof Float64Array ? "float64" : "float32"];
  return isFew ? least.few : least.several;
}

/** Where a copy of the n x n matrices of an array lies that are solved with again. Asked once for all of them. */
export function residentTriangles(a: TypedArray, n: number): number | undefined {
  const isWanted = isFloats(a) && n >= leastRows(a, false) && triangles.kernels() !== undefined;
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
  if (!isFloats(a) || !isFloats(x) || a.BYTES_PER_ELEMENT !== x.BYTES_PER_ELEMENT) return false;
  return n >= leastRows(a, m < FEWEST) && triangleInMemory(a, start, n, triangle, x, startX, m, resident);
}

/** As `simdTriangle`, whatever the size. */
export function triangleInMemory(
  a: Floats,
  start: number,
  n: number,
  { lower, transpose, unitDiagonal }: Triangle,
  x: Floats,
  startX: number,
  m: number,
  resident?: number,
): boolean {
  const kernels = triangles.kernels();
  if (kernels === undefined) return false;
  const isFew = m < FEWEST;
  const sizeA = resident === undefined ? room(n * n, a) : 0;
  const sizeX = room(n * (isFew ? 1 : m), x);
  const at = scratch(sizeA + sizeX + (isFew ? 0 : kernels.triangleWork()));
  if (at === undefined) return false;
  const memory = memoryLike(x);
  const size = x.BYTES_PER_ELEMENT;
  if (resident === undefined) memory.set(a.subarray(start, start + n * n), at / size);
  const t = resident === undefined ? at : resident + size * start;
  const [row, column] = transpose ? [size, size * n] : [size * n, size];
  const forward = lower !== transpose;
  const unknowns = at + sizeA;
  const first = unknowns / size;
  const isDouble = x instanceof Float64Array;
  if (isFew) {
    const solveVector = isDouble ? kernels.solveVector64 : kernels.solveVector32;
    for (let j = startX; j < startX + m; j++) {
      for (let i = 0; i < n; i++) memory[first + i] = x[j + i * m]!;
      solveVector(n, t, row, column, forward, unitDiagonal, unknowns);
      for (let i = 0; i < n; i++) x[j + i * m] = memory[first + i]!;
    }
    return true;
  }
  const solveTriangle = isDouble ? kernels.solveTriangle64 : kernels.solveTriangle32;
  memory.set(x.subarray(startX, startX + n * m), first);
  solveTriangle(n, m, t, row, column, forward, unitDiagonal, unknowns, unknowns + sizeX);
  x.set(memory.subarray(first, first + n * m), startX);
  return true;
}

import { BLOCK } from "../../kernels/reduce.js";
import { products, scratch, views } from "../../simd/index.js";
import { place, residentOf, room, type Floats, type Matrix } from "./matrix.js";

/** Elements of both that are copied and multiplied at once, whole blocks: they stay in the first-level cache. */
const PART = 16 * BLOCK;

/**
 * Uses from which on a copy of a vector is kept. Those of an iteration are new in each step, and multiplied a few times: copies of
 * them would fill the memory that there is for copies of what is constant.
 */
const WORTHWHILE = 8;

/** Below this length the copies cost more than is won. */
const SMALLEST = 512;

/**
 * out[i] = the product of vectors of `length` elements, at i times `stepA` and `stepB`, for every i, in WebAssembly SIMD, with
 * the bits of `dot`. False, and nothing done, where plain loops are as fast, or the only ones there are.
 */
export function simdDots(
  a: Floats,
  stepA: number,
  b: Floats,
  stepB: number,
  length: number,
  out: Floats,
): boolean {
  return length >= SMALLEST && dotsInMemory(a, stepA, b, stepB, length, out);
}

/** As `simdDots`, whatever the length. */
export function dotsInMemory(
  a: Floats,
  stepA: number,
  b: Floats,
  stepB: number,
  length: number,
  out: Floats,
): boolean {
  const kernels = products.kernels();
  if (kernels === undefined) return false;
  const dot = out instanceof Float64Array ? kernels.dot64 : kernels.dot32;
  const left = vectors(a, stepA, length, residentOf(a, WORTHWHILE));
  const right = vectors(b, stepB, length, a === b ? left.resident : residentOf(b, WORTHWHILE));
  const total = scratch(64 + kernels.sumWork() + 2 * room(PART, out));
  if (total === undefined) return false;
  const work = total + 64;
  const partA = work + kernels.sumWork();
  const partB = partA + room(PART, out);
  const { float64 } = views();
  const together = left.resident !== undefined && right.resident !== undefined ? length : PART;
  for (let i = 0; i < out.length; i++) {
    float64[total / 8] = 0;
    for (let l = 0; l < length; l += together) {
      const count = Math.min(together, length - l);
      const x = place(left, i, 1, l, count, partA);
      const y = place(right, i, 1, l, count, partB);
      dot(count, x.offset, y.offset, total, work);
    }
    out[i] = float64[total / 8]!;
  }
  return true;
}

/** The vectors of an array as rows. */
function vectors(array: Floats, step: number, length: number, resident: number | undefined): Matrix {
  return { array, start: 0, rows: 1, columns: length, row: step, column: 1, resident };
}

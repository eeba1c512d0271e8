import type { TypedArray } from "../../dtype/index.js";
import { BLOCK } from "../../kernels/reduce.js";
import { products, scratch, views } from "../../simd/index.js";

/** Elements that are copied and summed at once: they stay in the second-level cache. */
const PART = 2 ** 14;

/** Below this length the copy costs more than is won. */
const SMALLEST = 1024;

/** Blocks of longer rows than this are not copied at once: plain loops sum them. */
const LONGEST_ROW = 2 ** 16;

/**
 * As `sumKernel` over the middle axis of x [outer, length, inner], with its bits, in WebAssembly SIMD. False, and nothing
 * done, where plain loops are as fast, or the only ones there are.
 */
export function simdSum(x: TypedArray, length: number, inner: number, out: TypedArray): boolean {
  if (x.length < SMALLEST || inner > LONGEST_ROW) return false;
  return x instanceof Float64Array && out instanceof Float64Array && sumInMemory(x, length, inner, out);
}

/** As `simdSum`, whatever the sizes. */
export function sumInMemory(x: Float64Array, length: number, inner: number, out: Float64Array): boolean {
  const kernels = products.kernels();
  const outer = out.length / inner;
  // As many outer ones as fit a part, or some whole blocks of a single one.
  const together = Math.max(1, Math.min(outer, Math.floor(PART / (length * inner))));
  const blocks = Math.max(1, Math.floor(PART / (BLOCK * inner))) * BLOCK;
  const count = together > 1 ? length : Math.min(length, blocks);
  const sizeOut = 8 * together * inner;
  const y = kernels && scratch(sizeOut + kernels.sumWork() + 8 * together * count * inner);
  if (y === undefined) return false;
  const work = y + sizeOut;
  const part = work + kernels!.sumWork();
  const { float64 } = views();
  for (let o = 0; o < outer; o += together) {
    const now = Math.min(together, outer - o);
    float64.fill(0, y / 8, y / 8 + now * inner);
    for (let l = 0; l < length; l += count) {
      const terms = Math.min(count, length - l);
      const from = (o * length + l) * inner;
      float64.set(x.subarray(from, from + now * terms * inner), part / 8);
      kernels!.sum64(now, terms, inner, part, y, work);
    }
    out.set(float64.subarray(y / 8, y / 8 + now * inner), o * inner);
  }
  return true;
}

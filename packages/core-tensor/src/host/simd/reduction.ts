import type { TypedArray } from "../../dtype/index.js";
import { BLOCK } from "../../kernels/reduce.js";
import { products, scratch } from "../../simd/index.js";
import { isFloats, memoryLike, room, type Floats } from "./matrix.js";

/** Elements that are copied and reduced at once: they stay in the second-level cache. */
const PART = 2 ** 14;

/** Below this length the copy costs more than is won. */
const SMALLEST = 1024;

/** Blocks of longer rows than this are not copied at once: plain loops reduce them. */
const LONGEST_ROW = 2 ** 16;

export type Reduction = "sum" | "max" | "min";

/** What a reduction begins with. */
const initial = { sum: 0, max: -Infinity, min: Infinity };

/**
 * As the kernels of kernels/reduce.ts over the middle axis of x [outer, length, inner], with their bits, in WebAssembly SIMD.
 * False, and nothing done, where plain loops are as fast, or the only ones there are.
 */
export function simdReduce(
  name: Reduction,
  x: TypedArray,
  length: number,
  inner: number,
  out: TypedArray,
): boolean {
  if (x.length < SMALLEST || inner > LONGEST_ROW) return false;
  return isFloats(x) && isFloats(out) && reduceInMemory(name, x, length, inner, out);
}

/** As `simdReduce`, whatever the sizes. */
export function reduceInMemory(
  name: Reduction,
  x: Floats,
  length: number,
  inner: number,
  out: Floats,
): boolean {
  // float32 is summed in float64, by plain loops.
  if (name === "sum" && x instanceof Float32Array) return false;
  const kernels = products.kernels();
  const outer = out.length / inner;
  // As many outer ones as fit a part, or some whole blocks of a single one.
  const together = Math.max(1, Math.min(outer, Math.floor(PART / (length * inner))));
  const blocks = Math.max(1, Math.floor(PART / (BLOCK * inner))) * BLOCK;
  const count = together > 1 ? length : Math.min(length, blocks);
  const roomY = room(together * inner, x);
  const y = kernels && scratch(roomY + kernels.sumWork() + room(together * count * inner, x));
  if (y === undefined) return false;
  const reduce = name === "sum" ? kernels!.sum64 : kernels![`${name}${x instanceof Float64Array ? 64 : 32}`];
  const work = y + roomY;
  const part = work + kernels!.sumWork();
  const memory = memoryLike(x);
  const size = x.BYTES_PER_ELEMENT;
  for (let o = 0; o < outer; o += together) {
    const now = Math.min(together, outer - o);
    memory.fill(initial[name], y / size, y / size + now * inner);
    for (let l = 0; l < length; l += count) {
      const terms = Math.min(count, length - l);
      const from = (o * length + l) * inner;
      memory.set(x.subarray(from, from + now * terms * inner), part / size);
      reduce(now, terms, inner, part, y, work);
    }
    out.set(memory.subarray(y / size, y / size + now * inner), o * inner);
  }
  return true;
}

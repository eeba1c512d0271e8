import type { TypedArray } from "../../dtype/index.js";
import { BLOCK } from "../../kernels/reduce.js";
import { products, scratch, views } from "../../simd/index.js";
import { isFloats, memoryLike, room, type Floats } from "./matrix.js";

/** Elements that are copied and reduced at once: they stay in the second-level cache. */
const PART = 2 ** 14;

/** Below this length the copy costs more than is won. */
const SMALLEST = 1024;

/** Of fewer columns, the extremum is taken as fast by plain loops: it is no vector of them. */
const FEWEST_COLUMNS = 8;

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
  if (name !== "sum" && inner > 1 && inner < FEWEST_COLUMNS) return false;
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
  const kernels = products.kernels();
  const outer = out.length / inner;
  // As many outer ones as fit a part, or some whole blocks of a single one.
  const together = Math.max(1, Math.min(outer, Math.floor(PART / (length * inner))));
  const blocks = Math.max(1, Math.floor(PART / (BLOCK * inner))) * BLOCK;
  const count = together > 1 ? length : Math.min(length, blocks);
  const roomY = 64 * Math.ceil((together * inner) / 8);
  const y = kernels && scratch(roomY + kernels.sumWork() + room(together * count * inner, x));
  if (y === undefined) return false;
  const reduce = kernels![`${name}${x instanceof Float64Array ? 64 : 32}`];
  const work = y + roomY;
  const part = work + kernels!.sumWork();
  const memory = memoryLike(x);
  const size = x.BYTES_PER_ELEMENT;
  // Sums of float32 are float64 until they are done.
  const results = name === "sum" ? views().float64 : memory;
  const first = y / results.BYTES_PER_ELEMENT;
  for (let o = 0; o < outer; o += together) {
    const now = Math.min(together, outer - o);
    results.fill(initial[name], first, first + now * inner);
    for (let l = 0; l < length; l += count) {
      const terms = Math.min(count, length - l);
      const from = (o * length + l) * inner;
      memory.set(x.subarray(from, from + now * terms * inner), part / size);
      reduce(now, terms, inner, part, y, work);
    }
    out.set(results.subarray(first, first + now * inner), o * inner);
  }
  return true;
}

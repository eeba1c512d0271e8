import type { TypedArray } from "../../dtype/index.js";
import { functions, scratch, type SimdFunction } from "../../simd/index.js";
import { REACH } from "../functions/index.js";
import { isFloats, memoryLike, room, type Floats } from "./matrix.js";

/** Elements that are copied and worked on at once: they stay in the first-level cache. */
const PART = 4096;

/** Below this length the copies cost more than is won. */
const SMALLEST = 128;

/** What plain code computes beyond REACH: the angles whose reduction takes more digits. */
const beyond: Partial<Record<SimdFunction, (x: number) => number>> = { sin: Math.sin, cos: Math.cos };

/**
 * out[i] = f(x[i]) in WebAssembly SIMD, with the bits of the plain function. False, and nothing done, for what is not float,
 * and where the plain function is as fast, or the only one there is.
 */
export function simdMapInto(name: SimdFunction, x: TypedArray, out: TypedArray): boolean {
  return x.length >= SMALLEST && isFloats(x) && isFloats(out) && mapParts(name, x, out);
}

/** out[i] = f(x[i]), whatever the length; false, and nothing done, where there are no kernels or no memory. */
export function mapParts(name: SimdFunction, x: Floats, out: Floats): boolean {
  const kernels = functions.kernels();
  const at = kernels && scratch(room(PART, x));
  if (at === undefined) return false;
  const bits = x instanceof Float64Array ? 64 : 32;
  const [f, largest, repair] = [kernels![`${name}${bits}`], kernels![`largest${bits}`], beyond[name]];
  const memory = memoryLike(x);
  const start = at / x.BYTES_PER_ELEMENT;
  for (let from = 0; from < x.length; from += PART) {
    const count = Math.min(PART, x.length - from);
    memory.set(x.length <= PART ? x : x.subarray(from, from + count), start);
    const isFar = repair !== undefined && largest(count, at) > REACH;
    f(count, at, at);
    out.set(memory.subarray(start, start + count), from);
    if (!isFar) continue;
    for (let i = from; i < from + count; i++) if (Math.abs(x[i]!) > REACH) out[i] = repair(x[i]!);
  }
  return true;
}

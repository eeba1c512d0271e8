import type { TypedArray } from "../dtype/index.js";
import type { ExpressionMap, Kernel } from "../kernels/kernel.js";

/** An elementwise function. False, and nothing done, where the plain loop is as fast, or the only one there is. */
export type ArrayMap = (inputs: readonly TypedArray[], out: TypedArray) => boolean;

type MakeArrayMap = (map: ExpressionMap) => ArrayMap;

let make: MakeArrayMap | undefined;
const made = new WeakMap<Kernel, ArrayMap>();

/**
 * From now on, expressions over long arrays are computed by what this makes of them. Vectors come with the plans that need
 * them anyway, with the first of which they are handed in: a bundle that compiles no functions stays without.
 */
export function useForLongArrays(maker: MakeArrayMap): void {
  make = maker;
}

/** Below this number of elements, the copies to and from the memory of WebAssembly cost more than vectors win. */
const LONG = 512;

/** Computes a kernel of an expression, if it can. */
export function computeLong(kernel: Kernel, inputs: readonly TypedArray[], out: TypedArray): boolean {
  if (out.length < LONG || make === undefined || kernel.map === undefined) return false;
  let map = made.get(kernel);
  if (map === undefined) made.set(kernel, (map = make(kernel.map)));
  return map(inputs, out);
}

import type { TypedArray } from "../dtype/index.js";

/**
 * An elementwise function of operands with an element for each of the result, or with a single one. False, and nothing
 * done, where the plain loop is as fast, or the only one there is.
 */
export type ArrayMap = (inputs: readonly TypedArray[], out: TypedArray) => boolean;

type MakeArrayMap = (expression: string, before: readonly string[]) => ArrayMap;

let make: MakeArrayMap | undefined;

/**
 * From now on, expressions over long arrays are computed by what this makes of them. Vectors come with the plans that need
 * them anyway, with the first of which they are handed in: a bundle that compiles no functions stays without.
 */
export function useForLongArrays(maker: MakeArrayMap): void {
  make = maker;
}

/** The expression over long arrays. */
export function forLongArrays(expression: string, before: readonly string[]): ArrayMap {
  let own: ArrayMap | undefined;
  return (inputs, out) => (own ??= make?.(expression, before))?.(inputs, out) === true;
}

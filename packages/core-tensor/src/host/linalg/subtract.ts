import type { TypedArray } from "../../dtype/index.js";

const { fround } = Math;

/*
 * What factorisations and triangular solves consist of. As in products of matrices (ADR 0037), in float32 every product and
 * every difference is rounded to float32. (Computed in float64 and rounded, both are what float32 arithmetic gives.)
 */

/** x[to + j] -= factor a[from + j] for `count` elements, one after the other. */
export function subtractScaled(
  count: number,
  factor: number,
  a: TypedArray,
  from: number,
  x: TypedArray,
  to: number,
): void {
  if (x instanceof Float32Array) {
    for (let j = 0; j < count; j++) x[to + j]! -= fround(factor * a[from + j]!);
  } else {
    for (let j = 0; j < count; j++) x[to + j]! -= factor * a[from + j]!;
  }
}

/** value - a[i] b[k] - ..., for `count` elements of each, at distances, the first ones first. */
export function subtractProducts(
  value: number,
  count: number,
  a: TypedArray,
  i: number,
  stepA: number,
  b: TypedArray,
  k: number,
  stepB: number,
): number {
  let rest = value;
  if (b instanceof Float32Array) {
    for (let l = 0; l < count; l++, i += stepA, k += stepB) rest = fround(rest - fround(a[i]! * b[k]!));
  } else {
    for (let l = 0; l < count; l++, i += stepA, k += stepB) rest -= a[i]! * b[k]!;
  }
  return rest;
}

import type { TypedArray } from "../dtype/index.js";

/** Writes the stable ascending order of x[first + k stride], NaN last, to the same places of `out`. */
export function argsortRow(
  x: TypedArray,
  first: number,
  length: number,
  stride: number,
  out: TypedArray,
): void {
  const order = Array.from({ length }, (_, k) => k);
  order.sort((i, j) => compare(x[first + i * stride]!, x[first + j * stride]!) || i - j);
  for (let k = 0; k < length; k++) out[first + k * stride] = order[k]!;
}

function compare(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  if (Number.isNaN(b)) return -1;
  return a - b || 0;
}

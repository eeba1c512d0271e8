import type { TypedArray } from "../dtype/index.js";

/** Up to so many elements, insertion beats everything that needs memory. */
const FEW = 32;

/** Writes the stable ascending order of x[first + k stride], NaN last, to the same places of `out`. */
export function argsortRow(
  x: TypedArray,
  first: number,
  length: number,
  stride: number,
  out: TypedArray,
): void {
  if (length <= FEW) {
    insert(x, first, length, stride, out);
    return;
  }
  const order = Array.from({ length }, (_, k) => k);
  order.sort((i, j) => compare(x[first + i * stride]!, x[first + j * stride]!) || i - j);
  for (let k = 0; k < length; k++) out[first + k * stride] = order[k]!;
}

function compare(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  if (Number.isNaN(b)) return -1;
  return a - b || 0;
}

/** The same for few elements, in place. */
function insert(x: TypedArray, first: number, length: number, stride: number, out: TypedArray): void {
  for (let k = 0; k < length; k++) {
    const value = x[first + k * stride]!;
    let at = first + k * stride;
    for (; at > first && compare(value, x[first + out[at - stride]! * stride]!) < 0; at -= stride) {
      out[at] = out[at - stride]!;
    }
    out[at] = k;
  }
}

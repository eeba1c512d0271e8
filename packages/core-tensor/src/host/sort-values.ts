import type { TypedArray } from "../dtype/index.js";
import { FEW, isBefore, sorter, type Sorter } from "./argsort.js";

/** Writes x[first + k stride], k < length, to the same places of `out` in the order of `sorter`. */
export function valueSorter(length: number): Sorter {
  if (length <= FEW) {
    return (x, first, stride, out) => {
      insert(x, first, stride, first + length * stride, out);
    };
  }
  const sort = sorter(length);
  const [values, order] = [new Float64Array(length), new Int32Array(length)];
  return (x, first, stride, out) => {
    for (let k = 0; k < length; k++) values[k] = x[first + k * stride]!;
    sort(values, 0, 1, order);
    for (let k = 0; k < length; k++) out[first + k * stride] = values[order[k]!]!;
  };
}

function insert(x: TypedArray, first: number, stride: number, end: number, out: TypedArray): void {
  for (let from = first; from < end; from += stride) {
    const value = x[from]!;
    let at = from;
    for (; at > first && isBefore(value, out[at - stride]!); at -= stride) out[at] = out[at - stride]!;
    out[at] = value;
  }
}

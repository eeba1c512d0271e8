import type { TypedArray } from "../dtype/index.js";

/** Up to so many elements, insertion beats everything that needs memory. */
const FEW = 32;

/** Writes the stable ascending order of x[first + k stride], NaN last, to the same places of `out`. */
export type Sorter = (x: TypedArray, first: number, stride: number, out: TypedArray) => void;

/** Sorts rows of one length: short ones by insertion, in place, longer ones by merging, in memory of its own. */
export function sorter(length: number): Sorter {
  if (length <= FEW) {
    return (x, first, stride, out) => {
      insert(x, first, stride, 0, length, out);
    };
  }
  const values = new Float64Array(length);
  const [orders, others] = [new Int32Array(length), new Int32Array(length)];
  return (x, first, stride, out) => {
    for (let k = 0; k < length; k++) values[k] = x[first + k * stride]!;
    const order = mergeSort(values, orders, others);
    for (let k = 0; k < length; k++) out[first + k * stride] = order[k]!;
  };
}

/** Does `a` come before `b`, and not only as early? NaN comes last. */
function isBefore(a: number, b: number): boolean {
  return a < b || (Number.isNaN(b) && !Number.isNaN(a));
}

/** Writes the order of the elements k = start, ..., end - 1, of which there are few, to their places. */
function insert(
  x: TypedArray,
  first: number,
  stride: number,
  start: number,
  end: number,
  out: TypedArray,
): void {
  const bottom = first + start * stride;
  for (let k = start; k < end; k++) {
    const value = x[first + k * stride]!;
    let at = first + k * stride;
    for (; at > bottom && isBefore(value, x[first + out[at - stride]! * stride]!); at -= stride) {
      out[at] = out[at - stride]!;
    }
    out[at] = k;
  }
}

/** Sorted runs of FEW elements, then of twice as many, and so on, to and fro between two orders; returns the last one. */
function mergeSort(values: Float64Array, orders: Int32Array, others: Int32Array): Int32Array {
  const { length } = values;
  let [from, to] = [orders, others];
  for (let start = 0; start < length; start += FEW) {
    insert(values, 0, 1, start, Math.min(start + FEW, length), from);
  }
  for (let run = FEW; run < length; run *= 2) {
    for (let start = 0; start < length; start += 2 * run) {
      const middle = Math.min(start + run, length);
      merge(values, from, start, middle, Math.min(middle + run, length), to);
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Two neighbouring sorted runs become one; of equal elements those of the first come first. */
function merge(
  values: Float64Array,
  from: Int32Array,
  start: number,
  middle: number,
  end: number,
  to: Int32Array,
): void {
  let [left, right] = [start, middle];
  for (let at = start; at < end; at++) {
    const takeLeft =
      right >= end || (left < middle && !isBefore(values[from[right]!]!, values[from[left]!]!));
    to[at] = takeLeft ? from[left++]! : from[right++]!;
  }
}

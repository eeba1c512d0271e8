import type { TypedArray } from "../../dtype/index.js";
import { joinAxes } from "../loop-axes.js";

/** Copies `count` elements, from element `from` of the domain on, to a place in an array of the same type. */
type ReadElements = (x: TypedArray, from: number, count: number, memory: TypedArray, to: number) => void;

/** Rows shorter than these are copied, or filled, element by element: a view and a call have costs of their own. */
const [LONG_COPY, LONG_FILL] = [48, 16];

/** Rows up to this length are repeated within the part; each longer one is a copy of its own. */
const REPEATED = 256;

/** How the elements of the domain are read from an array. */
export interface Reader {
  readonly read: ReadElements;
  /** Is it one copy? */
  readonly isDense: boolean;
  /** Nanoseconds that it takes longer than one copy, for each element. */
  readonly cost: number;
}

/** Reads an array at offset + sum over axes of index * stride, in the order of the elements of the domain. */
export function readerOf(domain: readonly number[], offset: number, strides: readonly number[]): Reader {
  const axes = joinAxes(domain.map((length, k) => ({ length, strides: [strides[k]!] })));
  const inner = axes[axes.length - 1] ?? { length: 1, strides: [1] };
  const [stride] = inner.strides as [number];
  if (axes.length <= 1 && stride === 1) return { read: dense(offset), isDense: true, cost: 0 };
  const outer = axes.slice(0, -1).map(({ length, strides: [along] }) => ({ length, stride: along! }));
  if (stride === 1 && inner.length <= REPEATED && outer.every(({ stride: along }) => along === 0)) {
    return { read: repeated(offset, inner.length), isDense: false, cost: 0.2 };
  }
  const isRows = (stride === 0 || stride === 1) && inner.length >= LONG_FILL;
  return {
    read: byRows(inner.length, stride, rowStarts(offset, outer)),
    isDense: false,
    cost: isRows ? 30 / inner.length : 2,
  };
}

/** Where a row begins, by its number: rows are numbered in the order of the outer axes. */
function rowStarts(
  offset: number,
  outer: readonly { readonly length: number; readonly stride: number }[],
): (row: number) => number {
  const [only] = outer;
  if (outer.length === 1 && only !== undefined) return (row) => offset + row * only.stride;
  return (row) => {
    let [position, rest] = [offset, row];
    for (let k = outer.length - 1; k >= 0; k--) {
      const { length, stride } = outer[k]!;
      position += (rest % length) * stride;
      rest = Math.floor(rest / length);
    }
    return position;
  };
}

function dense(offset: number): ReadElements {
  return (x, from, count, memory, to) => {
    const first = offset + from;
    memory.set(count === x.length ? x : x.subarray(first, first + count), to);
  };
}

/** The same row again and again: once element by element, from where the part begins in it, then by twice as many each time. */
function repeated(offset: number, length: number): ReadElements {
  return (x, from, count, memory, to) => {
    const first = offset + (from % length);
    const once = Math.min(length, count);
    const untilEnd = Math.min(once, offset + length - first);
    for (let i = 0; i < untilEnd; i++) memory[to + i] = x[first + i]!;
    for (let i = untilEnd; i < once; i++) memory[to + i] = x[offset + i - untilEnd]!;
    for (let done = once; done < count; done *= 2) {
      memory.copyWithin(to + done, to, to + Math.min(done, count - done));
    }
  };
}

function byRows(length: number, stride: number, startOf: (row: number) => number): ReadElements {
  return (x, from, count, memory, to) => {
    let row = Math.floor(from / length);
    let along = from - row * length;
    for (let done = 0; done < count; row++, along = 0) {
      const now = Math.min(length - along, count - done);
      const first = startOf(row) + along * stride;
      if (stride === 0 && now >= LONG_FILL) memory.fill(x[first]!, to + done, to + done + now);
      else if (stride === 1 && now >= LONG_COPY) memory.set(x.subarray(first, first + now), to + done);
      else for (let i = 0; i < now; i++) memory[to + done + i] = x[first + i * stride]!;
      done += now;
    }
  };
}

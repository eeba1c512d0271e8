import { BLOCK } from "../../kernels/reduce.js";
import { sizeOf } from "../../shape/index.js";
import type { FusedKernel } from "../fused-kernel.js";
import { PART } from "./slots.js";

/**
 * How a loop goes through its domain, seen as [outer, length, inner] with the middle axis reduced: `together` outer ones,
 * or `terms` of a single one, are a part. Parts follow each other in the order of the elements.
 */
export interface Parts {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
  readonly together: number;
  readonly terms: number;
}

/** Undefined where what is reduced is not one run of axes, or a row is longer than a part. */
export function partsOf({ domain, reduced }: FusedKernel): Parts | undefined {
  const first = reduced.indexOf(true);
  if (first < 0) return { outer: 1, length: sizeOf(domain), inner: 1, together: 1, terms: PART };
  const end = reduced.lastIndexOf(true) + 1;
  if (reduced.slice(first, end).includes(false)) return undefined;
  const outer = sizeOf(domain.slice(0, first));
  const length = sizeOf(domain.slice(first, end));
  const inner = sizeOf(domain.slice(end));
  const each = length * inner;
  const whole = { outer, length, inner, together: Math.min(outer, Math.floor(PART / each)), terms: length };
  if (each <= PART) return whole;
  if (inner > PART) return undefined;
  // Sums are made of blocks: a part is whole blocks, or a block is whole parts.
  const rows = Math.floor(PART / inner);
  const terms = rows >= BLOCK ? rows - (rows % BLOCK) : 2 ** Math.floor(Math.log2(rows));
  return { ...whole, together: 1, terms };
}

/** Parts of whole rows. */
export function partsOfRows(outer: number, length: number): Parts {
  return { outer, length, inner: 1, together: Math.min(outer, Math.floor(PART / length)), terms: length };
}

/**
 * The length of the rows that a kernel goes along, if they fit a part: those that it reduces, or those for which it reads one
 * element of an operand.
 */
export function rowLength({ domain, reduced, values }: FusedKernel): number | undefined {
  const first = reduced.indexOf(true);
  if (first >= 0 && reduced.slice(first).includes(false)) return undefined;
  const ofLoads = values.flatMap((value) => {
    if (value.kind !== "load") return [];
    const last = value.strides.findLastIndex((stride, k) => stride !== 0 && domain[k] !== 1);
    return last < 0 ? [] : [last + 1];
  });
  const lengths = (first < 0 ? ofLoads : [first]).map((start) => sizeOf(domain.slice(start)));
  return lengths.find((length) => length > 1 && length <= PART);
}

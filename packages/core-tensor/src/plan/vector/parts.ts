import { BLOCK } from "../../kernels/reduce.js";
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
export function partsOf({ domain, reduced }: Pick<FusedKernel, "domain" | "reduced">): Parts | undefined {
  const sizeOf = (from: number, to: number): number => domain.slice(from, to).reduce((n, m) => n * m, 1);
  const first = reduced.indexOf(true);
  if (first < 0) return { outer: 1, length: sizeOf(0, domain.length), inner: 1, together: 1, terms: PART };
  const end = reduced.lastIndexOf(true) + 1;
  if (reduced.slice(first, end).includes(false)) return undefined;
  const [outer, length, inner] = [sizeOf(0, first), sizeOf(first, end), sizeOf(end, domain.length)];
  const each = length * inner;
  const whole = { outer, length, inner, together: Math.min(outer, Math.floor(PART / each)), terms: length };
  if (each <= PART) return whole;
  if (inner > PART) return undefined;
  // Sums are made of blocks: a part is whole blocks, or a block is whole parts.
  const rows = Math.floor(PART / inner);
  const terms = rows >= BLOCK ? rows - (rows % BLOCK) : 2 ** Math.floor(Math.log2(rows));
  return { ...whole, together: 1, terms };
}

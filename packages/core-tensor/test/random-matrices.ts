import fc from "fast-check";
import { tensorsOf } from "./naive.js";

/** Entries between -1 and 1; not so small that products of them underflow: no factorisation is stable there. */
export const noise = (m: number, n: number) =>
  tensorsOf(
    [m, n],
    fc.double({ min: -1, max: 1, noNaN: true }).map((x) => (Math.abs(x) < 1e-150 ? 0 : x)),
  );

/** Powers of two, to scale rows or columns badly without rounding. */
export const powers = (n: number) =>
  tensorsOf(
    [n],
    fc.integer({ min: -60, max: 60 }).map((k) => 2 ** k),
  );

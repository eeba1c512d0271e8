import { valueSorter } from "../host/sort-values.js";
import { intoNewArrays } from "../primitives/into-new-arrays.js";
import type { Primitive } from "../primitives/primitive.js";
import { sortingRows } from "../primitives/scan.js";

/** Parameters of `sorted`. */
export interface SortedParams {
  readonly axis: number;
}

/** What is taken along an axis in the order of `argsort`, which itself is not wanted. */
export const sorted: Primitive<"sorted", SortedParams> = {
  name: "sorted",
  shape: ([x]) => [x!],
  evaluate: intoNewArrays,
  prepare: sortingRows(valueSorter),
};

import { valueSorter } from "../host/sort-values.js";
import { intoNewArrays } from "../primitives/into-new-arrays.js";
import type { Primitive } from "../primitives/primitive.js";
import { rows } from "../primitives/scan.js";

/** Parameters of `sorted`. */
export interface SortedParams {
  readonly axis: number;
}

/** What is taken along an axis in the order of `argsort`, which itself is not wanted. */
export const sorted: Primitive<"sorted", SortedParams> = {
  name: "sorted",
  shape: ([x]) => [x!],
  evaluate: intoNewArrays,
  prepare: ([input], { axis }) => {
    const { length, inner, outer } = rows(input!.shape, axis);
    const sort = valueSorter(length);
    return ([x], [out]) => {
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) sort(x!, o * length * inner + i, inner, out!);
      }
    };
  },
};

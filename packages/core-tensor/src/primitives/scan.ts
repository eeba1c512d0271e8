import { sorter, type Sorter } from "../host/argsort.js";
import { sizeOf, type Shape } from "../shape/index.js";
import { intoNewArrays } from "./into-new-arrays.js";
import type { Abstract, Prepared, Primitive } from "./primitive.js";

/** Running sums along an axis, from the front or (reverse) from the back. */
export const cumsum: Primitive<"cumsum", { readonly axis: number; readonly reverse: boolean }> = {
  name: "cumsum",
  shape: ([x]) => [x!],
  evaluate: intoNewArrays,
  prepare: ([input], { axis, reverse }) => {
    const { length, inner, outer } = rows(input!.shape, axis);
    const [start, step] = reverse ? [(length - 1) * inner, -inner] : [0, inner];
    return ([x], [out]) => {
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) {
          let position = o * length * inner + i + start;
          let total = 0;
          for (let k = 0; k < length; k++, position += step) out![position] = total += x![position]!;
        }
      }
    };
  },
};

/** The permutation that sorts along an axis: stable, ascending, NaN last. */
export const argsort: Primitive<"argsort", { readonly axis: number }> = {
  name: "argsort",
  shape: ([x]) => [{ shape: x!.shape, dtype: "int32" }],
  evaluate: intoNewArrays,
  prepare: sortingRows(sorter),
};

/** Runs a sorter of one length on every row along the axis. */
export function sortingRows(sorterOf: (length: number) => Sorter) {
  return ([input]: readonly Abstract[], { axis }: { readonly axis: number }): Prepared => {
    const { length, inner, outer } = rows(input!.shape, axis);
    const sort = sorterOf(length);
    return ([x], [out]) => {
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) sort(x!, o * length * inner + i, inner, out!);
      }
    };
  };
}

/** The rows along an axis: row (o, i) begins at o * length * inner + i and advances by inner. */
function rows(shape: Shape, axis: number) {
  return {
    length: shape[axis]!,
    inner: sizeOf(shape.slice(axis + 1)),
    outer: sizeOf(shape.slice(0, axis)),
  };
}

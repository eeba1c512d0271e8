import { allocate } from "../dtype/index.js";
import { argsortRow } from "../host/argsort.js";
import { sizeOf, type Shape } from "../shape/index.js";
import type { Primitive } from "./primitive.js";

/** Running sums along an axis, from the front or (reverse) from the back. */
export const cumsum: Primitive<"cumsum", { readonly axis: number; readonly reverse: boolean }> = {
  name: "cumsum",
  shape: ([x]) => [x!],
  evaluate: ([x], { axis, reverse }) => {
    const out = allocate(x!.dtype, x!.content.length);
    forEachRow(x!.shape, axis, (first, length, stride) => {
      let total = 0;
      for (let k = 0; k < length; k++) {
        const position = first + (reverse ? length - 1 - k : k) * stride;
        total += x!.content[position]!;
        out[position] = total;
      }
    });
    return [out];
  },
};

/** The permutation that sorts along an axis: stable, ascending, NaN last. */
export const argsort: Primitive<"argsort", { readonly axis: number }> = {
  name: "argsort",
  shape: ([x]) => [{ shape: x!.shape, dtype: "int32" }],
  evaluate: ([x], { axis }) => {
    const out = allocate("int32", x!.content.length);
    forEachRow(x!.shape, axis, (first, length, stride) => {
      argsortRow(x!.content, first, length, stride, out);
    });
    return [out];
  },
};

function forEachRow(
  shape: Shape,
  axis: number,
  row: (first: number, length: number, stride: number) => void,
): void {
  const length = shape[axis]!;
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  for (let o = 0; o < outer; o++) for (let i = 0; i < inner; i++) row(o * length * inner + i, length, inner);
}

import { execute } from "../host/execute.js";
import { takeKernel } from "../kernels/gather.js";
import { sizeOf } from "../shape/index.js";
import { intoNewArrays } from "./into-new-arrays.js";
import type { Primitive } from "./primitive.js";

/** out[..., j, ...] = x[..., indices[j], ...] along `axis`; indices (int32, any shape, in range) replace the axis. */
export const take: Primitive<"take", { readonly axis: number }> = {
  name: "take",
  shape: ([x, indices], { axis }) => [
    { shape: [...x!.shape.slice(0, axis), ...indices!.shape, ...x!.shape.slice(axis + 1)], dtype: x!.dtype },
  ],
  evaluate: intoNewArrays,
  prepare: ([x, indices], { axis }) => {
    const constants = {
      length: x!.shape[axis]!,
      count: sizeOf(indices!.shape),
      inner: sizeOf(x!.shape.slice(axis + 1)),
    };
    return (inputs, [result]) => {
      execute(takeKernel, inputs, constants, result!);
    };
  },
};

/** The transpose of `take`: out[..., indices[j], ...] += x[..., j, ...] into zeros with `length` along `axis`. */
export const scatterAdd: Primitive<
  "scatterAdd",
  { readonly axis: number; readonly length: number; readonly indexRank: number }
> = {
  name: "scatterAdd",
  shape: ([x], { axis, length, indexRank }) => [
    { shape: [...x!.shape.slice(0, axis), length, ...x!.shape.slice(axis + indexRank)], dtype: x!.dtype },
  ],
  evaluate: intoNewArrays,
  prepare: ([, indices], { axis, length }, [out]) => {
    const outer = sizeOf(out!.shape.slice(0, axis));
    const inner = sizeOf(out!.shape.slice(axis + 1));
    const count = sizeOf(indices!.shape);
    return ([x, index], [result]) => {
      result!.fill(0);
      for (let o = 0; o < outer; o++) {
        for (let j = 0; j < count; j++) {
          const to = (o * length + index![j]!) * inner;
          const from = (o * count + j) * inner;
          for (let i = 0; i < inner; i++) result![to + i]! += x![from + i]!;
        }
      }
    };
  },
};

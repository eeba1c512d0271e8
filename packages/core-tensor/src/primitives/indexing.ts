import { allocate } from "../dtype/index.js";
import { execute } from "../host/execute.js";
import { takeKernel } from "../kernels/gather.js";
import { sizeOf } from "../shape/index.js";
import type { Primitive } from "./primitive.js";

/** out[..., j, ...] = x[..., indices[j], ...] along `axis`; indices (int32, any shape, in range) replace the axis. */
export const take: Primitive<"take", { readonly axis: number }> = {
  name: "take",
  shape: ([x, indices], { axis }) => [
    { shape: [...x!.shape.slice(0, axis), ...indices!.shape, ...x!.shape.slice(axis + 1)], dtype: x!.dtype },
  ],
  evaluate: ([x, indices], { axis }, [out]) => {
    const result = allocate(out!.dtype, sizeOf(out!.shape));
    const constants = {
      length: x!.shape[axis]!,
      count: indices!.content.length,
      inner: sizeOf(x!.shape.slice(axis + 1)),
    };
    execute(takeKernel, [x!.content, indices!.content], constants, result);
    return [result];
  },
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
  evaluate: ([x, indices], { axis, length }, [out]) => {
    const result = allocate(out!.dtype, sizeOf(out!.shape));
    const outer = sizeOf(out!.shape.slice(0, axis));
    const inner = sizeOf(out!.shape.slice(axis + 1));
    const index = indices!.content;
    for (let o = 0; o < outer; o++) {
      for (let j = 0; j < index.length; j++) {
        const to = (o * length + index[j]!) * inner;
        const from = (o * index.length + j) * inner;
        for (let i = 0; i < inner; i++) result[to + i]! += x!.content[from + i]!;
      }
    }
    return [result];
  },
};

import { allocate } from "../dtype/index.js";
import { stridedRead, stridedWrite } from "../host/strided.js";
import { sizeOf, stridesOf, type Shape } from "../shape/index.js";
import { broadcastStrides } from "../shape/strides.js";
import type { SliceParams } from "./params.js";
import type { Abstract, Prepared, Primitive } from "./primitive.js";

/** The same numbers under another shape of the same size: no copy. */
export const reshape: Primitive<"reshape", { readonly shape: Shape }> = {
  name: "reshape",
  shape: ([x], { shape }) => [{ shape, dtype: x!.dtype }],
  evaluate: ([x]) => [x!.content],
};

/** Axis `axes[i]` of the input becomes axis i. */
export const transpose: Primitive<"transpose", { readonly axes: readonly number[] }> = {
  name: "transpose",
  shape: ([x], { axes }) => [{ shape: axes.map((axis) => x!.shape[axis]!), dtype: x!.dtype }],
  evaluate: ([x], { axes }, [out]) => {
    const strides = stridesOf(x!.shape);
    const result = allocate(out!.dtype, x!.content.length);
    stridedRead(
      x!.content,
      0,
      out!.shape,
      axes.map((axis) => strides[axis]!),
      result,
    );
    return [result];
  },
};

/** Repeats along stretched axes. */
export const broadcastTo: Primitive<"broadcastTo", { readonly shape: Shape }> = {
  name: "broadcastTo",
  shape: ([x], { shape }) => [{ shape, dtype: x!.dtype }],
  evaluate: ([x], { shape }) => {
    const result = allocate(x!.dtype, sizeOf(shape));
    stridedRead(x!.content, 0, shape, broadcastStrides(x!.shape, shape), result);
    return [result];
  },
};

/** Element start + k step along every axis. */
export const slice: Primitive<"slice", SliceParams> = {
  name: "slice",
  shape: ([x], { lengths }) => [{ shape: lengths, dtype: x!.dtype }],
  evaluate: ([x], { starts, lengths, steps }) => {
    const { offset, strides } = stepping(x!.shape, starts, steps);
    const result = allocate(x!.dtype, sizeOf(lengths));
    stridedRead(x!.content, offset, lengths, strides, result);
    return [result];
  },
};

/** The transpose of `slice`: x at start + k step along every axis of a tensor of zeros. */
export const place: Primitive<
  "place",
  { readonly shape: Shape; readonly starts: readonly number[]; readonly steps: readonly number[] }
> = {
  name: "place",
  shape: ([x], { shape }) => [{ shape, dtype: x!.dtype }],
  evaluate: ([x], { shape, starts, steps }) => {
    const { offset, strides } = stepping(shape, starts, steps);
    const result = allocate(x!.dtype, sizeOf(shape));
    stridedWrite(x!.content, x!.shape, offset, strides, result);
    return [result];
  },
  prepare: ([x], { shape, starts, steps }) => {
    const { offset, strides } = stepping(shape, starts, steps);
    return ([from], [to]) => {
      stridedWrite(from!, x!.shape, offset, strides, to!.fill(0));
    };
  },
};

/** Joins along an axis. */
export const concatenate: Primitive<"concatenate", { readonly axis: number }> = {
  name: "concatenate",
  shape: (inputs, { axis }) => {
    const shape = [...inputs[0]!.shape];
    shape[axis] = inputs.reduce((total, input) => total + input.shape[axis]!, 0);
    return [{ shape, dtype: inputs[0]!.dtype }];
  },
  evaluate: (inputs, { axis }, [out]) => {
    const result = allocate(out!.dtype, sizeOf(out!.shape));
    const contents = inputs.map(({ content }) => content);
    joiner(inputs, axis, out!)(contents, [result]);
    return [result];
  },
  prepare: (inputs, { axis }, [out]) => joiner(inputs, axis, out!),
};

/** Writes every input to its place. */
function joiner(inputs: readonly Abstract[], axis: number, { shape }: Abstract): Prepared {
  const strides = stridesOf(shape);
  let end = 0;
  const offsets = inputs.map((input) => {
    const start = end;
    end += input.shape[axis]! * strides[axis]!;
    return start;
  });
  return (arrays, [result]) => {
    for (let i = 0; i < inputs.length; i++) {
      stridedWrite(arrays[i]!, inputs[i]!.shape, offsets[i]!, strides, result!);
    }
  };
}

function stepping(shape: Shape, starts: readonly number[], steps: readonly number[]) {
  const own = stridesOf(shape);
  return {
    offset: starts.reduce((total, start, axis) => total + start * own[axis]!, 0),
    strides: steps.map((step, axis) => step * own[axis]!),
  };
}

import { stridedRead, stridedWrite } from "../host/strided.js";
import { sizeOf, stridesOf, type Shape } from "../shape/index.js";
import { broadcastStrides } from "../shape/strides.js";
import { intoNewArrays } from "./into-new-arrays.js";
import type { SliceParams } from "./params.js";
import { copy, type HostTensor, type Prepared, type Primitive } from "./primitive.js";
import { TransposedMatrix } from "./transposed-matrix.js";

/** The same numbers under another shape of the same size: no copy. */
export const reshape: Primitive<"reshape", { readonly shape: Shape }> = {
  name: "reshape",
  shape: ([x], { shape }) => [{ shape, dtype: x!.dtype }],
  evaluate: ([x]) => [x!.content],
  prepare: () => copy,
};

/** Matrices of fewer elements are transposed at once: that takes less than to put it off. */
const LARGE = 256;

/** The last two axes exchanged, those before them as they are? */
function swapsLastTwo(axes: readonly number[]): boolean {
  const last = axes.length - 1;
  return last > 0 && axes.every((axis, i) => axis === (i < last - 1 ? i : 2 * last - 1 - i));
}

/** Axis `axes[i]` of the input becomes axis i. */
export const transpose: Primitive<"transpose", { readonly axes: readonly number[] }> = {
  name: "transpose",
  shape: ([x], { axes }) => [{ shape: axes.map((axis) => x!.shape[axis]!), dtype: x!.dtype }],
  evaluate: (inputs, params, outputs) => {
    const [x] = inputs as [HostTensor];
    if (sizeOf(x.shape) < LARGE || !swapsLastTwo(params.axes)) {
      return intoNewArrays.call(transpose, inputs, params, outputs);
    }
    if (x.transposeOf !== undefined) return [x.transposeOf.content];
    return [new TransposedMatrix(x, () => intoNewArrays.call(transpose, inputs, params, outputs)[0]!)];
  },
  prepare: ([x], { axes }, [out]) => {
    const own = stridesOf(x!.shape);
    return reading(
      0,
      out!.shape,
      axes.map((axis) => own[axis]!),
    );
  },
};

/** Repeats along stretched axes. */
export const broadcastTo: Primitive<"broadcastTo", { readonly shape: Shape }> = {
  name: "broadcastTo",
  shape: ([x], { shape }) => [{ shape, dtype: x!.dtype }],
  evaluate: intoNewArrays,
  prepare: ([x], { shape }) => reading(0, shape, broadcastStrides(x!.shape, shape)),
};

/** Element start + k step along every axis. */
export const slice: Primitive<"slice", SliceParams> = {
  name: "slice",
  shape: ([x], { lengths }) => [{ shape: lengths, dtype: x!.dtype }],
  evaluate: intoNewArrays,
  prepare: ([x], { starts, lengths, steps }) => {
    const { offset, strides } = stepping(x!.shape, starts, steps);
    return reading(offset, lengths, strides);
  },
};

/** The transpose of `slice`: x at start + k step along every axis of a tensor of zeros. */
export const place: Primitive<
  "place",
  { readonly shape: Shape; readonly starts: readonly number[]; readonly steps: readonly number[] }
> = {
  name: "place",
  shape: ([x], { shape }) => [{ shape, dtype: x!.dtype }],
  evaluate: intoNewArrays,
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
  evaluate: intoNewArrays,
  prepare: (inputs, { axis }, [out]) => {
    const strides = stridesOf(out!.shape);
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
  },
};

function reading(offset: number, shape: Shape, strides: readonly number[]): Prepared {
  return ([x], [out]) => {
    stridedRead(x!, offset, shape, strides, out!);
  };
}

function stepping(shape: Shape, starts: readonly number[], steps: readonly number[]) {
  const own = stridesOf(shape);
  return {
    offset: starts.reduce((total, start, axis) => total + start * own[axis]!, 0),
    strides: steps.map((step, axis) => step * own[axis]!),
  };
}

import { allocate, type DType, type TypedArray } from "../dtype/index.js";
import { stridedRead, stridedWrite } from "../host/strided.js";
import { intoNewArrays } from "../primitives/into-new-arrays.js";
import type { Primitive } from "../primitives/primitive.js";
import { sizeOf, stridesOf, type Shape } from "../shape/index.js";
import { lengthsOf, type Box } from "./box.js";

/** Parameters of `window`. */
export interface WindowParams extends Box {
  readonly shape: Shape;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Element offset + sum of index * stride of the operand at the indices of a box, 0 elsewhere: a slice, or its transpose. */
export const window: Primitive<"window", WindowParams> = {
  name: "window",
  shape: ([x], { shape }) => [{ shape, dtype: x!.dtype }],
  evaluate: intoNewArrays,
  prepare: ([x], { shape, offset, strides, ...box }) => {
    const copy = boxCopier(x!.dtype, offset, strides, box, shape);
    return ([from], [to]) => {
      copy(from!, to!.fill(0));
    };
  },
};

/** Parameters of `choose`: a box for every operand. */
export interface ChooseParams {
  readonly shape: Shape;
  readonly from: readonly (readonly number[])[];
  readonly to: readonly (readonly number[])[];
}

/** The operand in whose box an index is, 0 at indices that are in none. Operands have the shape of the result, or are numbers. */
export const choose: Primitive<"choose", ChooseParams> = {
  name: "choose",
  shape: ([x], { shape }) => [{ shape, dtype: x!.dtype }],
  evaluate: intoNewArrays,
  prepare: (inputs, { shape, from, to }) => {
    const copies = inputs.map((x, i) => {
      const strides = sizeOf(x.shape) === 1 ? shape.map(() => 0) : stridesOf(shape);
      return boxCopier(x.dtype, 0, strides, { from: from[i]!, to: to[i]! }, shape);
    });
    return (arrays, [result]) => {
      result!.fill(0);
      for (let i = 0; i < copies.length; i++) copies[i]!(arrays[i]!, result!);
    };
  },
};

/** Copies element offset + sum of index * stride, for the indices of a box, to their places in a tensor of some shape. */
function boxCopier(
  dtype: DType,
  offset: number,
  strides: readonly number[],
  box: Box,
  shape: Shape,
): (x: TypedArray, result: TypedArray) => void {
  const lengths = lengthsOf(box);
  const own = stridesOf(shape);
  const startOf = (steps: readonly number[]): number =>
    box.from.reduce((total, index, axis) => total + index * steps[axis]!, 0);
  const [from, to] = [offset + startOf(strides), startOf(own)];
  const part = allocate(dtype, sizeOf(lengths));
  return (x, result) => {
    stridedRead(x, from, lengths, strides, part);
    stridedWrite(part, lengths, to, own, result);
  };
}

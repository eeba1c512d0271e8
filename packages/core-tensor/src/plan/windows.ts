import { allocate, type TypedArray } from "../dtype/index.js";
import { stridedRead, stridedWrite } from "../host/strided.js";
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
  evaluate: ([x], { shape, offset, strides, ...box }) => {
    const result = allocate(x!.dtype, sizeOf(shape));
    copyBox(x!.content, offset, strides, box, shape, result);
    return [result];
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
  evaluate: (inputs, { shape, from, to }, [out]) => {
    const result = allocate(out!.dtype, sizeOf(shape));
    inputs.forEach((x, i) => {
      const strides = sizeOf(x.shape) === 1 ? shape.map(() => 0) : stridesOf(shape);
      copyBox(x.content, 0, strides, { from: from[i]!, to: to[i]! }, shape, result);
    });
    return [result];
  },
};

function copyBox(
  x: TypedArray,
  offset: number,
  strides: readonly number[],
  box: Box,
  shape: Shape,
  result: TypedArray,
): void {
  const lengths = lengthsOf(box);
  const own = stridesOf(shape);
  const start = (steps: readonly number[]): number =>
    box.from.reduce((total, index, axis) => total + index * steps[axis]!, 0);
  const part = result.slice(0, sizeOf(lengths));
  stridedRead(x, offset + start(strides), lengths, strides, part);
  stridedWrite(part, lengths, start(own), own, result);
}

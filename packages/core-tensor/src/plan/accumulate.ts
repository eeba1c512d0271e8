import { allocate } from "../dtype/index.js";
import { stridedAdd } from "../host/strided.js";
import type { Abstract, Prepared, Primitive } from "../primitives/primitive.js";
import { sizeOf, stridesOf, type Shape } from "../shape/index.js";

/** Parameters of `accumulate`: where the operands after the first `base` stand, in a tensor of this shape. */
export interface AccumulateParams {
  readonly shape: Shape;
  /** 1 if the first operand has the shape of the result, else 0. */
  readonly base: number;
  readonly starts: readonly (readonly number[])[];
  readonly steps: readonly (readonly number[])[];
}

/**
 * A sum of operands that are placed into zeros, one after the other: 0 + base + place(x1) + place(x2) + ... It takes a pass
 * for the result and one for each operand, however small it is.
 */
export const accumulate: Primitive<"accumulate", AccumulateParams> = {
  name: "accumulate",
  shape: ([x], { shape }) => [{ shape, dtype: x!.dtype }],
  evaluate: (inputs, params, [out]) => {
    const result = allocate(out!.dtype, sizeOf(out!.shape));
    const contents = inputs.map(({ content }) => content);
    accumulator(inputs, params)(contents, [result]);
    return [result];
  },
  prepare: accumulator,
};

function accumulator(
  inputs: readonly Abstract[],
  { shape, base, starts, steps }: AccumulateParams,
): Prepared {
  const own = stridesOf(shape);
  const parts = inputs.slice(base).map((x, i) => ({
    isOne: sizeOf(x.shape) === 1,
    shape: x.shape,
    offset: starts[i]!.reduce((total, start, axis) => total + start * own[axis]!, 0),
    strides: steps[i]!.map((step, axis) => step * own[axis]!),
  }));
  return (arrays, [result]) => {
    result!.fill(0);
    if (base > 0) stridedAdd(arrays[0]!, shape, 0, own, result!);
    for (let i = 0; i < parts.length; i++) {
      const { isOne, shape: lengths, offset, strides } = parts[i]!;
      const x = arrays[base + i]!;
      if (isOne) result![offset]! += x[0]!;
      else stridedAdd(x, lengths, offset, strides, result!);
    }
  };
}

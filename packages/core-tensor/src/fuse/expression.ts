import { bindOne } from "../dispatch/index.js";
import { allocate, type DType } from "../dtype/index.js";
import type { Primitive } from "../primitives/primitive.js";
import { Tensor } from "../tensor/tensor.js";

/** A constant, or an elementwise operation on values that come before it. */
export type Step =
  | { readonly value: number; readonly dtype: DType }
  | {
      readonly primitive: ElementwisePrimitive;
      readonly params: object;
      readonly operands: readonly number[];
    };

/** An operation that is an expression in a, b, c, as the kernel texts have it. */
export type ElementwisePrimitive = Primitive & {
  readonly expression: string;
  readonly before: readonly string[];
};

/**
 * An elementwise function as data: the values are numbered, the inputs first and then the steps; the last step is the
 * result.
 */
export class Expression {
  constructor(
    readonly inputs: readonly DType[],
    readonly steps: readonly Step[],
    readonly dtype: DType,
  ) {
    this.operations = steps.filter((step) => "operands" in step).length;
  }

  /** The number of steps that are not constants. */
  readonly operations: number;

  /** The function on tensors, step by step. */
  run(inputs: readonly Tensor[]): Tensor {
    const values = [...inputs];
    for (const step of this.steps) {
      values.push(
        "value" in step
          ? constant(step.value, step.dtype)
          : bindOne(
              step.primitive,
              step.operands.map((i) => values[i]!),
              step.params,
            ),
      );
    }
    return values[values.length - 1]!;
  }

  /** `mul(v0, add(1, square(v1)))` */
  toString(): string {
    const texts = this.inputs.map((_, i) => `v${String(i)}`);
    for (const step of this.steps) {
      texts.push(
        "value" in step
          ? String(step.value)
          : `${step.primitive.name}(${step.operands.map((i) => texts[i]!).join(", ")})`,
      );
    }
    return texts[texts.length - 1]!;
  }
}

/** A scalar. */
function constant(value: number, dtype: DType): Tensor {
  const content = allocate(dtype, 1);
  content[0] = value;
  return new Tensor([], dtype, content);
}

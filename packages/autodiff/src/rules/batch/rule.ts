import type { Primitive, PrimitiveName, PrimitiveParams, Tensor } from "@cotangent/core-tensor";

/** An operand: with the examples of the batch along axis 0, or the same for all examples. */
export interface BatchInput {
  readonly value: Tensor;
  readonly batched: boolean;
}

/** One application on a batch of `size` examples: the parameters are those for one example. */
export interface BatchAt<Params extends object> {
  readonly primitive: Primitive<string, Params>;
  readonly params: Params;
  readonly size: number;
}

/**
 * What a primitive is on a batch: operands, at least one of them batched, and the application for one example -> the
 * outputs, all with the examples along axis 0. Written with primitives, so that batches nest and are differentiated.
 */
export type BatchRule<P extends PrimitiveName> = (
  inputs: readonly BatchInput[],
  at: BatchAt<PrimitiveParams[P]>,
) => readonly Tensor[];

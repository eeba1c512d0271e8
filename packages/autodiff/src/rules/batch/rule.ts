import type { PrimitiveName, PrimitiveParams, Tensor } from "@cotangent/core-tensor";

/** An operand: with the examples of the batch along axis 0, or the same for all examples. */
export interface BatchInput {
  readonly value: Tensor;
  readonly batched: boolean;
}

/** A batch rule for all primitives with such parameters. */
export type BatchRuleOf<Params extends object> = (
  inputs: readonly BatchInput[],
  params: Params,
  size: number,
) => readonly Tensor[];

/**
 * What a primitive is on a batch: operands, at least one of them batched, and the parameters for one example -> the
 * outputs, all with the examples along axis 0. Written with primitives, so that batches nest and are differentiated.
 */
export type BatchRule<P extends PrimitiveName> = BatchRuleOf<PrimitiveParams[P]>;

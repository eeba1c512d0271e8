import type { Abstract, Tensor } from "@cotangent/core-tensor";

type Leaves = readonly Tensor[];

/** Code that needs numbers, as an operation: what it reads, what it returns, and the code. */
export interface OpaqueCall {
  /** For messages and listings. */
  readonly name: string;
  /** Shapes and dtypes of the results, which have to be known before it runs. */
  readonly outputs: readonly Abstract[];
  /**
   * Runs it. The inputs may belong to any transformation, for which the code has its own rules, but their numbers are
   * known. It must not close over other traced values.
   */
  apply(inputs: Leaves): Leaves;
  /** It is linear in its first inputs, so many of them. @defaultValue 0 */
  readonly linear?: number;
  /** The call for a batch, where it is not simply `apply` on a batch. */
  batched?(which: readonly boolean[], size: number): BatchedCall;
}

/** What a call is for a batch: the examples are along axis 0. */
export interface BatchedCall {
  readonly call: OpaqueCall;
  /** The inputs that it wants with the examples along axis 0 also if they are the same for all. */
  readonly whole?: readonly boolean[];
}

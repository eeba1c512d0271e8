import type { TypedArray } from "../dtype/index.js";
import type { Abstract, Prepared, Primitive } from "../primitives/primitive.js";
import type { Tensor } from "../tensor/tensor.js";

/** A value of a plan: the numbers in a slot, under a shape. Several values may be in one slot. */
export interface SlotView extends Abstract {
  readonly slot: number;
}

/** What a plan is made from: steps over slots, which are numbered from 0. */
export interface PlanDescription {
  /** The slots of the arguments. */
  readonly inputs: readonly number[];
  /** The slots whose numbers are always the same. */
  readonly constants: ReadonlyMap<number, TypedArray>;
  readonly steps: readonly StepDescription[];
  readonly results: readonly SlotView[];
}

/** Makes a step for outputs of given shapes, as `prepare` of a primitive does. */
export type Preparation = (outputs: readonly Abstract[]) => Prepared;

/** outputs = operation(inputs): all but `apply` write into arrays that exist. */
export type StepDescription = {
  readonly inputs: readonly SlotView[];
  readonly outputs: readonly SlotView[];
} & (
  | { readonly primitive: Primitive; readonly params: object }
  | { readonly name?: string; readonly prepare: Preparation }
  | { readonly name?: string; readonly apply: (inputs: readonly Tensor[]) => readonly Tensor[] }
);

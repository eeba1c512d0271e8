import type { Primitive } from "../primitives/primitive.js";
import type { TypedArray } from "../dtype/index.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Origin } from "./origin.js";

/**
 * An interpreter that sees operations instead of the host executor, for the tensors that belong to it.
 *
 * The tensor layer knows nothing of what a trace does. It only hands an operation to the innermost trace (highest
 * `level`) found among the inputs; that trace may call `bind` again on what it unwraps, which reaches the next one.
 */
export interface Trace {
  readonly name: string;
  readonly level: number;
  /** The call that started it, for errors. */
  readonly origin?: Origin;
  /** Set to false when the transformation that owns this trace returns. */
  alive: boolean;
  /** While positive, this trace's tensors stand for their primals. See `hold`. */
  held: number;
  /**
   * While it runs, this trace also gets the operations on values of outer traces alone: it records all that is done, not
   * only what is done to its own values.
   */
  readonly claims?: boolean;
  /** Its values are the variables of a tape: they never have numbers, and only linear operations may be applied to them. */
  readonly onlyLinear?: boolean;
  /** What an operation gives on tensors of which at least one belongs to this trace. */
  process(primitive: Primitive, inputs: readonly Tensor[], params: object): readonly Tensor[];
}

/** The content of a tensor that belongs to a trace. */
export interface Traced {
  readonly trace: Trace;
  /** The operation that made it; undefined for an argument of the transformed function. For errors. */
  readonly madeBy?: string | undefined;
  /** The same value one level down; undefined when it is not known (a tape variable) or not a single one (a batch). */
  readonly primal: Tensor | undefined;
  /** All values that this one stands for, when it stands for several: a batch of them along axis 0. */
  readonly whole?: Tensor;
  /** The error for code that asks for the numbers of a value without a primal. */
  refusal?(where: string): Error;
  /** For a value whose number is not known yet: has `check` run on the numbers every time that they become known. */
  whenKnown?(where: string, check: (numbers: TypedArray) => void): void;
}

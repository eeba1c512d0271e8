import type { Abstract, Primitive, Tensor } from "@cotangent/core-tensor";
import type { LinearPrimitiveName } from "../rules/transpose/table.js";

/** One line of a tape: outputs = a linear operation on some of the inputs; the others are constants. */
export type Equation = {
  readonly inputs: readonly Tensor[];
  /** Number of the variable at each input, or -1 for a constant. */
  readonly variables: readonly number[];
  readonly outputs: readonly number[];
} & (
  | { readonly primitive: Primitive & { readonly name: LinearPrimitiveName }; readonly params: object }
  | { readonly call: LinearCall }
);

/** A linear map that a tape keeps as one opaque line: a linear solve, or the backward pass of a `customVjp`. */
export interface LinearCall {
  readonly name: string;
  readonly outputs: readonly Abstract[];
  /** x -> A x */
  apply(inputs: readonly Tensor[]): readonly Tensor[];
  /** y -> A^T y */
  transpose(cotangents: readonly Tensor[]): readonly Tensor[];
  /** Tensors (in any nesting) that it keeps for when it is played: counted by `savedBytes`. */
  readonly keeps?: unknown;
  /** All that it depends on, where that is known. @defaultValue not known: code may close over anything */
  readonly dependsOn?: readonly Tensor[] | undefined;
}

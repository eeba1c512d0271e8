import type { Primitive, Tensor } from "@cotangent/core-tensor";
import type { Atom, Variable } from "./atom.js";
import type { Program } from "./program.js";

/** One line of a program: outputs = operation(inputs) */
export type ProgramEquation = {
  readonly inputs: readonly Atom[];
  readonly outputs: readonly Variable[];
} & (
  | {
      readonly primitive: Primitive;
      readonly params: object;
      /** What it computes, where it is several equations in one. */
      readonly fused?: Program;
    }
  | { readonly call: ProgramCall }
);

/** An operation that is more than a primitive: a branch, a loop, a function with a derivative of its own, a check. */
export interface ProgramCall {
  readonly name: string;
  /** The programs that it is made of, by name. */
  readonly programs?: Readonly<Record<string, Program>>;
  /** The same operation on other values, under whatever transformation they belong to. */
  apply(inputs: readonly Tensor[]): readonly Tensor[];
  /** What it computes, where its derivative does not matter. */
  readonly computes?: Program;
  /** How it is run on numbers by programs alone, where it is. */
  readonly control?: Control;
  /** It is there for its effect, to throw, and is kept although nothing reads a result. */
  readonly isCheck?: boolean;
}

/** What runs one or several programs: each of them gets all inputs, but for the predicate of a branch, which comes first. */
type Control =
  | { readonly kind: "call"; readonly program: Program }
  | { readonly kind: "branch"; readonly ifTrue: Program; readonly ifFalse: Program }
  /** While the condition holds of all inputs, the first ones are replaced by what the body makes of all. */
  | { readonly kind: "loop"; readonly condition: Program; readonly body: Program };

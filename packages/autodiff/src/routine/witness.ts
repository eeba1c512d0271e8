import { sameShape, tracedOf, type Tensor, type TypedArray } from "@cotangent/core-tensor";
import { callProgram } from "../compiled/call-program.js";
import type { Recording } from "../jit/recording.js";
import { flatten } from "../tree/index.js";

type Leaves = readonly Tensor[];

/** What a function made of some arguments, all of them numbers. */
export interface Witness {
  readonly leaves: Leaves;
  readonly results: Leaves;
}

/** The witness of a call; undefined under a transformation. */
export function witnessOf(leaves: Leaves, result: unknown): Witness | undefined {
  const results = flatten(result, "result").leaves;
  return [...leaves, ...results].every((x) => tracedOf(x) === undefined) ? { leaves, results } : undefined;
}

/** Does a recording make the same of the same arguments, to the bit? */
export function isConfirmed({ program, captures }: Recording, witness: Witness | undefined): boolean {
  if (witness === undefined || captures.length > 0) return false;
  const results = callProgram(program, witness.leaves);
  return (
    results.length === witness.results.length && results.every((x, i) => sameNumbers(x, witness.results[i]!))
  );
}

function sameNumbers(a: Tensor, b: Tensor): boolean {
  if (a.dtype !== b.dtype || !sameShape(a.shape, b.shape)) return false;
  const [x, y] = [a.content as TypedArray, b.content as TypedArray];
  return x.every((value, i) => Object.is(value, y[i]!));
}

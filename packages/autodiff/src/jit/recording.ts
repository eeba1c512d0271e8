import { heldTraces, tracedOf, type Origin, type Tensor, type Trace } from "@cotangent/core-tensor";
import type { Program } from "../program/program.js";
import { record } from "../program/record.js";
import { flatten, unflatten, type Structure } from "../tree/index.js";
import type { Signature } from "./signature.js";

/** What was recorded of a function for arguments of one signature. */
export interface Recording {
  readonly signature: Signature;
  readonly program: Program;
  /** The structure of the result. */
  readonly result: Structure;
  /** Values of outer transformations that the function closes over: the last inputs of the program. */
  readonly captures: readonly Tensor[];
  /** The traces that stood still: what the function closes over of them was taken for a constant. */
  readonly held: readonly Trace[];
}

/** Records a function of a list of trees. */
export function recordFunction(
  f: (args: readonly unknown[]) => unknown,
  { structure, leaves, statics }: Signature,
  origin?: Origin,
): Recording {
  let result: Structure | undefined;
  const body = (xs: readonly Tensor[]) => {
    const out = flatten(f(unflatten(structure, xs) as unknown[]), "jit: result");
    result = out.structure;
    return out.leaves;
  };
  const { program, captures } = record(body, leaves, origin);
  // Not the arguments themselves, which would be kept alive.
  const signature = { structure, leaves: leaves.map(({ shape, dtype }) => ({ shape, dtype })), statics };
  // Not by spreading the recorded: V8 takes a microsecond for an object that is copied and then grows.
  return { program, captures, signature, result: result!, held: heldTraces() };
}

/**
 * Does the function still close over the same? Values of a transformation that has returned are gone: another run of it
 * brings others. A value that stood still when it was recorded may have a derivative now.
 */
export function isCurrent({ captures, held }: Recording): boolean {
  if (captures.length === 0 && held.length === 0) return true;
  const now = heldTraces();
  return (
    captures.every((x) => tracedOf(x)?.trace.alive === true) &&
    held.every((trace) => !trace.alive || now.includes(trace))
  );
}

import type { Abstract, Tensor } from "@cotangent/core-tensor";
import { callProgram } from "../compiled/call-program.js";
import { record } from "../program/record.js";

type Leaves = readonly Tensor[];

/** A function whose closure was made explicit. */
export interface ClosureConverted {
  /** The traced values that it closes over. */
  readonly captures: Leaves;
  /** The function, for these or other values in their place. */
  readonly call: (captures: Leaves, inputs: Leaves) => Leaves;
}

/**
 * Finds out what a function closes over, and makes arguments of it: f is recorded for inputs of given shapes, and the traced
 * values that it meets are its captures. Without any, the function itself is returned, else what was recorded of it.
 *
 * @throws UnknownValueError when f asks for a number of a value that depends on its inputs
 * @example
 * ```ts
 * grad((a: Tensor) => {
 *   const { captures, call } = closureConvert(([x]) => [x!.mul(a)], [{ shape: [], dtype: "float64" }]);
 *   captures.length; // => 1
 *   call([tensor(3)], [tensor(5)])[0]; // => 15
 *   return a;
 * })(2);
 * ```
 *
 * Source: `jax.closure_convert`.
 */
export function closureConvert(f: (inputs: Leaves) => Leaves, inputs: readonly Abstract[]): ClosureConverted {
  const { program, captures } = record(f, inputs);
  if (captures.length === 0) return { captures, call: (_, xs) => f(xs) };
  return { captures, call: (values, xs) => callProgram(program, [...xs, ...values]) };
}

import { peel, withTrace, type Abstract, type Origin, type Tensor } from "@cotangent/core-tensor";
import { programOf } from "./dead-equations.js";
import { ProgramTrace } from "./program-trace.js";
import type { Program } from "./program.js";

type Leaves = readonly Tensor[];

/** A program, and what it needs besides arguments: its last inputs. */
export interface Recorded {
  readonly program: Program;
  /** The values of outer transformations that the function closes over. */
  readonly captures: Leaves;
}

/** Records what a function of tensors does, for arguments of given shapes. */
export function record(f: (args: Leaves) => Leaves, args: readonly Abstract[], origin?: Origin): Recorded {
  const body = (inputs: Leaves, trace: ProgramTrace): Recorded => {
    const outputs = f(inputs).map((x) => trace.atomOf(peel(x)));
    const captures = [...trace.captures.values()];
    const variables = [...inputs.map((x) => trace.variableOf(x)), ...captures.map((x) => x.variable)];
    return {
      program: programOf(variables, trace.equations, outputs),
      captures: captures.map(({ tensor }) => tensor),
    };
  };
  return recordWith(args, body, origin);
}

/** A recording that no call of the user made: part of another one, or derived from it. */
const nowhere: Origin = { name: "jit", place: () => undefined };

/** Records operations on variables of given shapes. */
export function recordWith<R>(
  args: readonly Abstract[],
  body: (inputs: Leaves, trace: ProgramTrace) => R,
  origin: Origin = nowhere,
): R {
  return withTrace(
    (level) => new ProgramTrace(level, origin),
    (trace) =>
      body(
        args.map((x) => trace.variable(x)),
        trace,
      ),
  );
}

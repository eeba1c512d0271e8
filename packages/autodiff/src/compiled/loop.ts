import {
  checkTraced,
  peel,
  topTrace,
  tracedOf,
  type Tensor,
  UnknownValueError,
} from "@cotangent/core-tensor";
import { callProgram } from "./call-program.js";
import { ProgramTrace } from "../program/program-trace.js";
import type { Program } from "../program/program.js";
import { isUnknown } from "../program/unknown.js";

type Leaves = readonly Tensor[];

/** A loop as programs: both take the carry, followed by values that stay the same. */
export interface Loop {
  readonly condition: Program;
  readonly body: Program;
}

/**
 * While the condition holds of the carry, the carry is replaced by what the body makes of it. While it is not known
 * whether it holds, all that is a line of a program.
 *
 * @throws UnknownValueError for the derivative of a loop whose number of steps is not known
 */
export function loop(programs: Loop, carry: Leaves, constants: Leaves): Leaves {
  const { condition, body } = programs;
  const top = topTrace([...carry, ...constants].map(peel));
  if (top instanceof ProgramTrace) return record(programs, carry, constants, top);
  let current = carry;
  for (;;) {
    const [holds] = callProgram(condition, [...current, ...constants]);
    if (isUnknown(holds!)) {
      throw new UnknownValueError(
        "whileLoop: inside of jit the number of steps is not known, and so many values would have to be kept for the " +
          "derivative. Use scan with a fixed length (and where to stop early), or take the derivative of the jitted " +
          "function outside: grad(jit(f))",
      );
    }
    if (holds!.item() === 0) return current;
    current = callProgram(body, [...current, ...constants]);
  }
}

function record(programs: Loop, carry: Leaves, constants: Leaves, trace: ProgramTrace): Leaves {
  const inputs = [...carry, ...constants].map(peel);
  for (const x of inputs) {
    const traced = tracedOf(x);
    if (traced !== undefined) checkTraced(traced, "whileLoop");
  }
  const n = carry.length;
  const call = {
    name: "whileLoop",
    programs: { ...programs },
    control: { kind: "loop", ...programs } as const,
    apply: (xs: Leaves) => loop(programs, xs.slice(0, n), xs.slice(n)),
  };
  return trace.record(call, inputs, programs.body.outputs);
}

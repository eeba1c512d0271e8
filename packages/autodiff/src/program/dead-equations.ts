import type { Atom, Variable } from "./atom.js";
import type { ProgramEquation } from "./equation.js";
import { Program } from "./program.js";

/** A program without the equations that no output depends on. Checks stay. */
export function programOf(
  inputs: readonly Variable[],
  equations: readonly ProgramEquation[],
  outputs: readonly Atom[],
): Program {
  const needed = new Set<Atom>(outputs);
  const kept = equations.toReversed().filter((equation) => {
    const isCheck = "call" in equation && equation.call.isCheck === true;
    if (!isCheck && !equation.outputs.some((output) => needed.has(output))) return false;
    for (const input of equation.inputs) needed.add(input);
    return true;
  });
  return new Program(inputs, kept.reverse(), outputs);
}

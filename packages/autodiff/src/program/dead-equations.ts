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
  const kept: ProgramEquation[] = [];
  for (let e = equations.length - 1; e >= 0; e--) {
    const equation = equations[e]!;
    const isCheck = "call" in equation && equation.call.isCheck === true;
    if (!isCheck && !equation.outputs.some((output) => needed.has(output))) continue;
    for (const input of equation.inputs) needed.add(input);
    kept.push(equation);
  }
  return new Program(inputs, kept.reverse(), outputs);
}

import { isConstant, Variable, type Atom } from "../../program/atom.js";
import type { ProgramEquation } from "../../program/equation.js";
import type { Program } from "../../program/program.js";
import { rewrite } from "./rewrite.js";

/** Functions with a derivative of their own, which matters no more, are replaced by what they compute. */
export function inlineCalls(program: Program): Program {
  if (!program.equations.some((equation) => "call" in equation && equation.call.computes !== undefined))
    return program;
  return rewrite(program, (equation) => {
    if (!("call" in equation) || equation.call.computes === undefined) return undefined;
    const { equations, outputs } = renamed(inlineCalls(equation.call.computes), equation.inputs);
    return { equations, values: outputs };
  });
}

/** The equations of a program for given inputs, with variables of their own. */
function renamed(
  program: Program,
  inputs: readonly Atom[],
): { equations: ProgramEquation[]; outputs: readonly Atom[] } {
  const values = new Map<Atom, Atom>(program.inputs.map((x, i) => [x, inputs[i]!]));
  const valueOf = (atom: Atom): Atom => (isConstant(atom) ? atom : values.get(atom)!);
  const equations = program.equations.map((equation) => {
    const outputs = equation.outputs.map(({ shape, dtype }) => new Variable(shape, dtype));
    const renamed = { ...equation, inputs: equation.inputs.map(valueOf), outputs };
    equation.outputs.forEach((output, i) => values.set(output, outputs[i]!));
    return renamed;
  });
  return { equations, outputs: program.outputs.map(valueOf) };
}

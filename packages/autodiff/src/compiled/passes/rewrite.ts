import { isConstant, type Atom, type Variable } from "../../program/atom.js";
import { programOf } from "../../program/dead-equations.js";
import type { ProgramEquation } from "../../program/equation.js";
import type { Program } from "../../program/program.js";

/** Equations to put in the place of another one, none for nothing, and what its results are equal to. */
export interface Replacement {
  readonly equations?: readonly ProgramEquation[];
  readonly values: readonly Atom[];
}

/**
 * A program with its equations replaced one after the other. `replace` sees an equation with inputs that are already
 * replaced, and returns undefined to keep it. What is not needed any more is left out.
 */
export function rewrite(
  program: Program,
  replace: (equation: ProgramEquation) => Replacement | undefined,
): Program {
  const values = new Map<Variable, Atom>();
  const valueOf = (atom: Atom): Atom => (isConstant(atom) ? atom : (values.get(atom) ?? atom));
  const equations: ProgramEquation[] = [];
  for (const original of program.equations) {
    const isSame = original.inputs.every((input) => valueOf(input) === input);
    const equation = isSame ? original : { ...original, inputs: original.inputs.map(valueOf) };
    const replacement = replace(equation);
    if (replacement === undefined) equations.push(equation);
    else {
      equations.push(...(replacement.equations ?? []));
      equation.outputs.forEach((output, i) => values.set(output, replacement.values[i]!));
    }
  }
  return programOf(program.inputs, equations, program.outputs.map(valueOf));
}

import { bind, type Tensor } from "@cotangent/core-tensor";
import { isConstant, type Atom, type Variable } from "./atom.js";
import type { Program } from "./program.js";

/** Runs a program equation by equation, under whatever transformations its arguments belong to. */
export function play(program: Program, args: readonly Tensor[]): readonly Tensor[] {
  const values = new Map<Variable, Tensor>();
  const valueOf = (atom: Atom): Tensor => (isConstant(atom) ? atom : values.get(atom)!);
  program.inputs.forEach((input, i) => values.set(input, args[i]!));
  for (const equation of program.equations) {
    const inputs = equation.inputs.map(valueOf);
    const outputs =
      "call" in equation ? equation.call.apply(inputs) : bind(equation.primitive, inputs, equation.params);
    equation.outputs.forEach((output, i) => values.set(output, outputs[i]!));
  }
  return program.outputs.map(valueOf);
}

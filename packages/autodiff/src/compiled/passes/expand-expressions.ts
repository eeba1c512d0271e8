import { tensor, type Expression } from "@cotangent/core-tensor";
import { Variable, type Atom } from "../../program/atom.js";
import type { ProgramEquation } from "../../program/equation.js";
import type { Program } from "../../program/program.js";
import { rewrite } from "./rewrite.js";

/**
 * Expressions of several steps are taken apart, so that steps are shared with others. Not those in float32: their steps
 * are not rounded, those of separate operations are.
 */
export function expandExpressions(program: Program): Program {
  return rewrite(program, (equation) => {
    if ("call" in equation || equation.primitive.name !== "fused") return undefined;
    const { expression } = equation.params as { readonly expression: Expression };
    const taken = stepsOf(expression, equation.inputs);
    const values = [...equation.inputs, ...taken.equations.flatMap(({ outputs }) => outputs)];
    return values.some(({ dtype }) => dtype === "float32") ? undefined : taken;
  });
}

function stepsOf({ steps }: Expression, inputs: readonly Atom[]) {
  const equations: ProgramEquation[] = [];
  const atoms: Atom[] = [...inputs];
  for (const step of steps) {
    if ("value" in step) {
      atoms.push(tensor(step.value, { dtype: step.dtype }));
      continue;
    }
    const { primitive, params, operands } = step;
    const own = operands.map((i) => atoms[i]!);
    const outputs = primitive.shape(own, params).map(({ shape, dtype }) => new Variable(shape, dtype));
    equations.push({ primitive, params, inputs: own, outputs });
    atoms.push(outputs[0]!);
  }
  return { equations, values: [atoms[atoms.length - 1]!] };
}

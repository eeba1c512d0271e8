import type { Expression, Step } from "../fuse/expression.js";
import type { Kernel } from "./kernel.js";
import { mapKernel, operandNames, type Access } from "./map.js";

/** What a text is made from. */
type Steps = Pick<Expression, "inputs" | "steps">;

/** The kernels of all steps in one: the values are v0, v1, ... and each step a block with its own a, b, c. */
export function fusedKernel(expression: Steps, accesses: readonly Access[]): Kernel {
  const text = textOf(expression);
  return mapKernel("fused", text.expression, accesses, text.before);
}

/** All steps as one expression with statements before it, in the names of the operands. */
export function textOf({ inputs, steps }: Steps): { before: readonly string[]; expression: string } {
  const loads = inputs.map((_, i) => `const ${value(i)} = ${operandNames[i]!};`);
  const blocks = steps.map((step, i) => block(step, value(inputs.length + i)));
  return { before: [...loads, ...blocks], expression: value(inputs.length + steps.length - 1) };
}

function block(step: Step, name: string): string {
  if ("value" in step) return `const ${name} = ${Object.is(step.value, -0) ? "-0" : String(step.value)};`;
  const { operands, primitive } = step;
  const own = operands.map((operand, i) => `const ${operandNames[i]!} = ${value(operand)};`);
  return `let ${name} = 0; { ${[...own, ...primitive.before].join(" ")} ${name} = ${primitive.expression}; }`;
}

function value(index: number): string {
  return `v${String(index)}`;
}

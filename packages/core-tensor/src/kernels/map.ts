import type { Kernel } from "./kernel.js";

/**
 * How a map kernel reads one operand, relative to the output element i: "full", same shape as the output, x[i];
 * "scalar", one element, x[0]; "row", a suffix of the output's shape, repeated, x[i mod period]; "column", a prefix of
 * the output's shape, stretched along the rest, x[floor(i / inner)].
 */
export const accessKinds = ["full", "scalar", "row", "column"] as const;

export type Access = (typeof accessKinds)[number];

/** What an expression calls its operands. */
export const operandNames = "abcdefghijklmnopqrstu".split("");

/**
 * The kernel of an elementwise expression in the variables a, b, c, for given ways to read the operands. Statements before
 * it may define names that it uses.
 */
export function mapKernel(
  name: string,
  expression: string,
  accesses: readonly Access[],
  before: readonly string[] = [],
): Kernel {
  const names = operandNames.slice(0, accesses.length);
  const loads = names.map((x, i) => `const ${x} = ${load(x.toUpperCase(), accesses[i]!)};`);
  const parameters = names.map((x) => x.toUpperCase()).join(", ");
  return {
    name,
    kind: "map",
    source: `function(${parameters}) {\n  ${[...loads, ...before].join("\n  ")}\n  return ${expression};\n}`,
    map: { expression, before, accesses },
  };
}

/** The constant that an operand's access reads, if any. */
export function accessConstant(operand: number, access: Access): string | undefined {
  if (access !== "row" && access !== "column") return undefined;
  const name = operandNames[operand]!.toUpperCase();
  return access === "row" ? `period${name}` : `inner${name}`;
}

function load(name: string, access: Access): string {
  switch (access) {
    case "full":
      return `${name}[this.thread.x]`;
    case "scalar":
      return `${name}[0]`;
    case "row":
      return `${name}[this.thread.x % this.constants.period${name}]`;
    case "column":
      return `${name}[Math.floor((this.thread.x + 0.5) / this.constants.inner${name})]`;
  }
}

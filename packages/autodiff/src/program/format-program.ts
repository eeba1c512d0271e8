import { formatListing, formatParams } from "../listing/listing.js";
import { Names } from "../listing/names.js";
import { isConstant, type Atom } from "./atom.js";
import type { Program } from "./program.js";

/** The text of a program. */
export function formatProgram({ inputs, equations, outputs }: Program): string {
  const names = new Names();
  const nameOf = (x: Atom): string => (isConstant(x) ? names.ofConstant(x) : names.of(x));
  const read = [...equations.flatMap((equation) => equation.inputs), ...outputs];
  return formatListing({
    constants: names.declareConstants(read.filter(isConstant)),
    inputs: inputs.map((x) => names.declare(x, x)),
    lines: equations.map((equation) => {
      const operands = equation.inputs.map(nameOf);
      const results = equation.outputs.map((x) => names.declare(x, x));
      if (!("call" in equation)) {
        const { primitive, params, fused } = equation;
        const parts = fused === undefined ? {} : { f: String(fused) };
        return { outputs: results, name: primitive.name, params: formatParams(params), operands, parts };
      }
      const { name, programs = {} } = equation.call;
      const parts = Object.fromEntries(
        Object.entries(programs).map(([part, program]) => [part, String(program)]),
      );
      return { outputs: results, name, params: [], operands, parts };
    }),
    outputs: outputs.map(nameOf),
  });
}

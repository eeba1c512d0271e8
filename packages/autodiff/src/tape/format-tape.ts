import type { Abstract } from "@cotangent/core-tensor";
import { formatListing, formatParams } from "../listing/listing.js";
import { Names } from "../listing/names.js";
import type { Equation } from "./equation.js";
import type { Tape, TapeOutput } from "./tape.js";

/** The text of a tape: residuals are its constants, and a derivative that is zero everywhere is written 0. */
export function formatTape({ equations, inputs, outputs }: Tape): string {
  const names = new Names();
  const residuals = equations.flatMap((equation) =>
    equation.inputs.filter((_, i) => equation.variables[i]! < 0),
  );
  return formatListing({
    constants: names.declareConstants(residuals),
    inputs: inputs.map((x) => names.declare(x.variable, x)),
    lines: equations.map((equation) => {
      const operands = equation.inputs.map((x, i) => {
        const variable = equation.variables[i]!;
        return variable < 0 ? names.ofConstant(x) : names.of(variable);
      });
      const results = equation.outputs.map((variable, i) => names.declare(variable, outputsOf(equation)[i]!));
      return "call" in equation
        ? { outputs: results, name: equation.call.name, params: [], operands }
        : {
            outputs: results,
            name: equation.primitive.name,
            params: formatParams(equation.params),
            operands,
          };
    }),
    outputs: outputs.map(({ variable }: TapeOutput) => (variable < 0 ? "0" : names.of(variable))),
  });
}

function outputsOf(equation: Equation): readonly Abstract[] {
  return "call" in equation
    ? equation.call.outputs
    : equation.primitive.shape(equation.inputs, equation.params);
}

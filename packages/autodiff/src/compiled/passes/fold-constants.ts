import { bind } from "@cotangent/core-tensor";
import { isConstant } from "../../program/atom.js";
import type { Program } from "../../program/program.js";
import { rewrite } from "./rewrite.js";

/** Operations on constants alone are done now. */
export function foldConstants(program: Program): Program {
  return rewrite(program, (equation) => {
    if ("call" in equation || !equation.inputs.every(isConstant)) return undefined;
    return { values: bind(equation.primitive, equation.inputs, equation.params) };
  });
}

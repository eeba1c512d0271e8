import { isTensor, type Tensor } from "@cotangent/core-tensor";
import { isConstant, type Atom } from "../../program/atom.js";
import type { ProgramEquation } from "../../program/equation.js";
import type { Program } from "../../program/program.js";
import { rewrite } from "./rewrite.js";

/** A product of a matrix that was transposed reads it as it was: op(A^T) B. The sums have the same order either way. */
export function transposedProducts(program: Program): Program {
  const made = new Map<Atom, ProgramEquation>();
  return rewrite(program, (equation) => {
    for (const output of equation.outputs) made.set(output, equation);
    if ("call" in equation || equation.primitive.name !== "matmul") return undefined;
    const { transposeA, transposeB } = equation.params as { transposeA: boolean; transposeB: boolean };
    const [a, b] = equation.inputs.map((x) =>
      isConstant(x) ? transposedConstant(x) : untransposed(made.get(x)),
    ) as [Atom | undefined, Atom | undefined];
    if (a === undefined && b === undefined) return undefined;
    const product = {
      ...equation,
      inputs: [a ?? equation.inputs[0]!, b ?? equation.inputs[1]!],
      params: { transposeA: transposeA !== (a !== undefined), transposeB: transposeB !== (b !== undefined) },
    };
    return { equations: [product], values: equation.outputs };
  });
}

/** The constant of which this one is the transpose, if its numbers have not been rearranged yet. */
function transposedConstant({ transposeOf }: Tensor): Tensor | undefined {
  return isTensor(transposeOf) ? transposeOf : undefined;
}

/** What was transposed, if only the last two axes were exchanged. */
function untransposed(equation: ProgramEquation | undefined): Atom | undefined {
  if (equation === undefined || "call" in equation || equation.primitive.name !== "transpose")
    return undefined;
  const { axes } = equation.params as { axes: readonly number[] };
  const last = axes.length - 1;
  const swapped = axes.every((axis, i) => axis === (i < last - 1 ? i : 2 * last - 1 - i));
  return swapped ? equation.inputs[0] : undefined;
}

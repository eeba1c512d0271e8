import { sameShape, tracedOf, type Tensor, type TypedArray } from "@cotangent/core-tensor";
import { sameValue } from "../jit/static.js";
import { isConstant, type Atom, type Variable } from "../program/atom.js";
import type { ProgramEquation } from "../program/equation.js";
import type { Program } from "../program/program.js";

/**
 * Do two programs compute the same? That is: are they equal but for the names of variables, constants to the bit. Calls
 * (branches, loops, rules of one's own, checks) are code that cannot be compared, so programs with such never count as the
 * same.
 */
export function sameProgram(a: Program, b: Program): boolean {
  if (a.inputs.length !== b.inputs.length || a.equations.length !== b.equations.length) return false;
  const twins: Twins = new Map();
  for (let i = 0; i < a.inputs.length; i++) {
    const [x, y] = [a.inputs[i]!, b.inputs[i]!];
    if (x.dtype !== y.dtype || !sameShape(x.shape, y.shape)) return false;
    twins.set(x, y);
  }
  for (let i = 0; i < a.equations.length; i++) {
    const [x, y] = [a.equations[i]!, b.equations[i]!];
    if (!sameOperation(x, y) || !sameAtoms(x.inputs, y.inputs, twins)) return false;
    for (let k = 0; k < x.outputs.length; k++) twins.set(x.outputs[k]!, y.outputs[k]!);
  }
  return sameAtoms(a.outputs, b.outputs, twins);
}

/** The variables of one program, and those of the other one that are the same. */
type Twins = Map<Variable, Variable>;

function sameAtoms(xs: readonly Atom[], ys: readonly Atom[], twins: Twins): boolean {
  if (xs.length !== ys.length) return false;
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [xs[i]!, ys[i]!];
    const isSame = isConstant(x) ? isConstant(y) && sameConstant(x, y) : twins.get(x) === y;
    if (!isSame) return false;
  }
  return true;
}

function sameOperation(a: ProgramEquation, b: ProgramEquation): boolean {
  if ("call" in a || "call" in b) return false;
  return a.primitive === b.primitive && sameValue(a.params, b.params);
}

function sameConstant(a: Tensor, b: Tensor): boolean {
  // First of all, for tensors of other shapes may share their numbers.
  if (a.dtype !== b.dtype || !sameShape(a.shape, b.shape)) return false;
  // Transposes of one matrix: their numbers need not be rearranged to be compared.
  const [matrix, other] = [a.transposeOf, b.transposeOf];
  if (matrix !== undefined && matrix.content === other?.content) return true;
  if (a.content === b.content) return true;
  if (tracedOf(a) !== undefined || tracedOf(b) !== undefined) return false;
  const [x, y] = [a.content as TypedArray, b.content as TypedArray];
  return x.every((value, i) => Object.is(value, y[i]!));
}

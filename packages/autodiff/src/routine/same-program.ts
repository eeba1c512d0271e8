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
  const twins = new Map<Variable, Variable>();
  const pair = (xs: readonly Variable[], ys: readonly Variable[]): void => {
    xs.forEach((x, i) => twins.set(x, ys[i]!));
  };
  const same = (x: Atom, y: Atom): boolean =>
    isConstant(x) ? isConstant(y) && sameConstant(x, y) : twins.get(x) === y;
  const all = (xs: readonly Atom[], ys: readonly Atom[]): boolean =>
    xs.length === ys.length && xs.every((x, i) => same(x, ys[i]!));
  pair(a.inputs, b.inputs);
  return (
    a.inputs.every(
      ({ shape, dtype }, i) => sameShape(shape, b.inputs[i]!.shape) && dtype === b.inputs[i]!.dtype,
    ) &&
    a.equations.every((equation, i) => {
      const other = b.equations[i]!;
      if (!sameOperation(equation, other) || !all(equation.inputs, other.inputs)) return false;
      pair(equation.outputs, other.outputs);
      return true;
    }) &&
    all(a.outputs, b.outputs)
  );
}

function sameOperation(a: ProgramEquation, b: ProgramEquation): boolean {
  if ("call" in a || "call" in b) return false;
  return a.primitive === b.primitive && sameValue(a.params, b.params);
}

function sameConstant(a: Tensor, b: Tensor): boolean {
  // Transposes of one matrix: their numbers need not be rearranged to be compared.
  const [matrix, other] = [a.transposeOf, b.transposeOf];
  if (matrix !== undefined && matrix.content === other?.content) return sameShape(a.shape, b.shape);
  if (a.content === b.content) return true;
  const isKnown = tracedOf(a) === undefined && tracedOf(b) === undefined;
  if (!isKnown || a.dtype !== b.dtype || !sameShape(a.shape, b.shape)) return false;
  const [x, y] = [a.content as TypedArray, b.content as TypedArray];
  return x.every((value, i) => Object.is(value, y[i]!));
}

import { sameShape, sizeOf, type Shape, type Tensor } from "@cotangent/core-tensor";
import { sorted, stridesOf, type SortedParams } from "@cotangent/core-tensor/plan";
import { isConstant, type Atom } from "../../program/atom.js";
import type { ProgramEquation } from "../../program/equation.js";
import type { Program } from "../../program/program.js";
import { rewrite } from "./rewrite.js";

type PrimitiveEquation = Extract<ProgramEquation, { primitive: unknown }>;

/**
 * What `sort` writes, argsort and then take, is one line that sorts the numbers themselves where nothing else reads the order:
 * where no derivative follows it.
 */
export function sorts(program: Program): Program {
  const made = new Map<Atom, PrimitiveEquation>();
  const readers = new Map<Atom, number>();
  for (const x of [...program.equations.flatMap(({ inputs }) => inputs), ...program.outputs])
    readers.set(x, (readers.get(x) ?? 0) + 1);
  /** The operation of this name that made x, if it may go with the one that reads it. */
  const maker = (name: string, x: Atom | undefined): PrimitiveEquation | undefined => {
    const equation = x && made.get(x);
    return equation?.primitive.name === name && readers.get(x!) === 1 ? equation : undefined;
  };

  const sortOf = (take: PrimitiveEquation): PrimitiveEquation | undefined => {
    const [flat, positions] = take.inputs;
    const sum = maker("add", positions);
    const starts = sum?.inputs.find(isConstant);
    if (starts === undefined) return undefined;
    const along = sum!.inputs.find((x) => !isConstant(x));
    const product = maker("mul", along);
    const argsort = maker("argsort", product?.inputs.find((x) => !isConstant(x)) ?? along);
    const [x] = argsort?.inputs ?? [];
    if (x === undefined || !sameShape(x.shape, take.outputs[0]!.shape)) return undefined;
    const { axis } = argsort!.params as SortedParams;
    const step = product?.inputs.find(isConstant)?.item() ?? 1;
    const isWhole =
      flat === x || (made.get(flat!)?.primitive.name === "reshape" && made.get(flat!)!.inputs[0] === x);
    if (!isWhole || step !== stridesOf(x.shape)[axis] || !areStarts(starts, x.shape, axis)) return undefined;
    return { primitive: sorted, params: { axis }, inputs: [x], outputs: take.outputs };
  };

  return rewrite(program, (equation) => {
    if ("call" in equation) return undefined;
    for (const output of equation.outputs) made.set(output, equation);
    const sort = equation.primitive.name === "take" ? sortOf(equation) : undefined;
    return sort && { equations: [sort], values: equation.outputs };
  });
}

/** Is this, for every element of a tensor, the position of the first one along an axis? */
function areStarts(starts: Tensor, shape: Shape, axis: number): boolean {
  const inner = stridesOf(shape)[axis]!;
  const numbers = starts.toTypedArray();
  const isOne = numbers.length === 1;
  const size = sizeOf(shape);
  if (!isOne && numbers.length !== size) return false;
  for (let position = 0; position < size; position++) {
    const outer = Math.floor(position / (inner * shape[axis]!));
    if (numbers[isOne ? 0 : position] !== outer * shape[axis]! * inner + (position % inner)) return false;
  }
  return true;
}

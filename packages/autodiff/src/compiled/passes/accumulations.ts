import { sameShape, sizeOf } from "@cotangent/core-tensor";
import { accumulate, intersect, isEmpty, type AccumulateParams, type Box } from "@cotangent/core-tensor/plan";
import type { Atom } from "../../program/atom.js";
import type { ProgramEquation } from "../../program/equation.js";
import type { Program } from "../../program/program.js";
import { programOf } from "../../program/dead-equations.js";

/** A sum of fewer parts is left to loops. */
const FEWEST_PARTS = 8;

type PrimitiveEquation = Extract<ProgramEquation, { primitive: unknown }>;

/** base + place(x1) + place(x2) + ..., added from left to right. */
interface Sum {
  readonly base: Atom | undefined;
  readonly parts: PrimitiveEquation[];
}

/**
 * Sums of many small parts of one tensor, as the gradient of a loop over its elements is, are added where they stand: in time
 * of the parts, not of the tensor for each of them.
 *
 * An element adds zeros for the parts that it is not in, which only matters for -0: it becomes 0. So it does here, where all
 * sums begin with 0; an element that is in all of the parts would keep it, and then the sum is left as it is.
 */
export function accumulations(program: Program): Program {
  const sums = sumsIn(program);
  if (sums.size === 0) return program;
  const equations = program.equations.map((equation) => {
    const sum = sums.get(equation.outputs[0]!);
    return sum === undefined ? equation : accumulation(sum, equation);
  });
  return programOf(program.inputs, equations, program.outputs);
}

/** The sums that are worth it, by their results. */
function sumsIn({ equations, outputs }: Program): ReadonlyMap<Atom, Sum> {
  const readers = new Map<Atom, number>();
  for (const x of [...equations.flatMap(({ inputs }) => inputs), ...outputs])
    readers.set(x, (readers.get(x) ?? 0) + 1);
  const places = new Map<Atom, PrimitiveEquation>();
  const sums = new Map<Atom, Sum>();
  for (const equation of equations) {
    if ("call" in equation || equation.fused !== undefined) continue;
    const [out] = equation.outputs as [Atom];
    const [a, b] = equation.inputs;
    if (equation.primitive.name === "place") places.set(out, equation);
    if (equation.primitive.name !== "add" || !sameShape(a!.shape, b!.shape)) continue;
    const [before, part] = places.has(b!) ? [a!, places.get(b!)!] : [b!, places.get(a!)];
    if (part === undefined) continue;
    // A sum that nothing else reads goes on.
    const sum =
      (readers.get(before) === 1 ? sums.get(before) : undefined) ?? begun(before, places.get(before));
    if (readers.get(before) === 1) sums.delete(before);
    sum.parts.push(part);
    sums.set(out, sum);
  }
  return new Map([...sums].filter(([, sum]) => isWorthwhile(sum)));
}

function begun(base: Atom, first: PrimitiveEquation | undefined): Sum {
  return first === undefined ? { base, parts: [] } : { base: undefined, parts: [first] };
}

function isWorthwhile({ parts }: Sum): boolean {
  if (parts.length < FEWEST_PARTS) return false;
  const size = sizeOf(parts[0]!.outputs[0]!.shape);
  const added = parts.reduce((sum, { inputs }) => sum + sizeOf(inputs[0]!.shape), 0);
  return 4 * added <= parts.length * size && isEmpty(parts.map(placed).reduce(intersect));
}

/** A box around all that is placed. */
function placed({ inputs, params }: PrimitiveEquation): Box {
  const { starts, steps } = params as Steps;
  const ends = starts.map((start, axis) => start + steps[axis]! * (inputs[0]!.shape[axis]! - 1));
  return {
    from: starts.map((start, axis) => Math.min(start, ends[axis]!)),
    to: starts.map((start, axis) => Math.max(start, ends[axis]!) + 1),
  };
}

interface Steps {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
}

function accumulation({ base, parts }: Sum, { outputs }: ProgramEquation): ProgramEquation {
  const all = parts.map(({ params }) => params as Steps);
  const params: AccumulateParams = {
    shape: outputs[0]!.shape,
    base: base === undefined ? 0 : 1,
    starts: all.map(({ starts }) => starts),
    steps: all.map(({ steps }) => steps),
  };
  const inputs = [...(base === undefined ? [] : [base]), ...parts.map((part) => part.inputs[0]!)];
  return { primitive: accumulate, params, inputs, outputs };
}

import { sameShape, tracedOf } from "@cotangent/core-tensor";
import { reshape } from "@cotangent/core-tensor/primitives";
import { isConstant, type Atom } from "../../program/atom.js";
import type { ProgramEquation } from "../../program/equation.js";
import type { Program } from "../../program/program.js";
import { rewrite } from "./rewrite.js";

/** How a variable was computed, where a primitive did. */
type Made = ReadonlyMap<Atom, ProgramEquation>;

/**
 * Operations without effect, or with the effect of one: x 1, x / 1, x - 0, x + -0, -(-x), and reshapes, transposes and
 * broadcasts that do nothing or follow each other. All are exact for every number, -0, infinities and NaN included; x + 0
 * is not, for x = -0.
 */
export function identities(program: Program): Program {
  const made = new Map<Atom, ProgramEquation>();
  return rewrite(program, (equation) => {
    for (const output of equation.outputs) made.set(output, equation);
    if ("call" in equation) return undefined;
    const shorter = joined(equation, made) ?? equation;
    const value = sameValue(shorter, made);
    if (value !== undefined) return { values: [value] };
    if (shorter === equation) return undefined;
    for (const output of equation.outputs) made.set(output, shorter);
    return { equations: [shorter], values: equation.outputs };
  });
}

type PrimitiveEquation = Extract<ProgramEquation, { primitive: unknown }>;

/** The operand that the result is equal to. */
function sameValue({ primitive, inputs, outputs }: PrimitiveEquation, made: Made): Atom | undefined {
  const [a, b] = inputs;
  const same = (x: Atom | undefined): x is Atom =>
    x !== undefined && sameShape(x.shape, outputs[0]!.shape) && x.dtype === outputs[0]!.dtype;
  switch (primitive.name) {
    case "mul":
      if (same(a) && isNumber(b!, 1)) return a;
      return same(b) && isNumber(a!, 1) ? b : undefined;
    case "div":
      return same(a) && isNumber(b!, 1) ? a : undefined;
    case "sub":
      return same(a) && isNumber(b!, 0) ? a : undefined;
    case "add":
      if (same(a) && isNumber(b!, -0)) return a;
      return same(b) && isNumber(a!, -0) ? b : undefined;
    case "neg": {
      const before = made.get(a!);
      return before !== undefined && isOf(before, "neg") ? before.inputs[0] : undefined;
    }
    case "stopGradient":
      return a;
    case "cast":
    case "reshape":
    case "broadcastTo":
      return same(a) ? a : undefined;
    default:
      return undefined;
  }
}

/** A reshape of a reshape, and so on: one that does both. */
function joined(equation: PrimitiveEquation, made: Made): PrimitiveEquation | undefined {
  const { primitive, inputs, params } = equation;
  const before = made.get(inputs[0]!);
  if (primitive.name === "transpose") {
    const { axes } = params as { axes: readonly number[] };
    const first =
      before !== undefined && isOf(before, "transpose")
        ? (before.params as { axes: readonly number[] }).axes
        : undefined;
    const both = first === undefined ? axes : axes.map((axis) => first[axis]!);
    const source = first === undefined ? inputs : before!.inputs;
    if (both.every((axis, i) => axis === i)) {
      return {
        ...equation,
        primitive: reshape,
        params: { shape: equation.outputs[0]!.shape },
        inputs: source,
      };
    }
    return first === undefined ? undefined : { ...equation, params: { axes: both }, inputs: source };
  }
  const joins = primitive.name === "reshape" || primitive.name === "broadcastTo";
  if (!joins || before === undefined || !isOf(before, primitive.name)) return undefined;
  return { ...equation, inputs: before.inputs };
}

function isOf(equation: ProgramEquation, name: string): equation is PrimitiveEquation {
  return "primitive" in equation && equation.primitive.name === name;
}

/** Is this the number, and nothing but it? -0 is not 0. */
function isNumber(x: Atom, value: number): boolean {
  return isConstant(x) && x.size === 1 && tracedOf(x) === undefined && Object.is(x.item(), value);
}

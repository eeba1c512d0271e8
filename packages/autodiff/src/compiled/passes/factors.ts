import { sameShape, tensor, tracedOf } from "@cotangent/core-tensor";
import { add, mul, sub } from "@cotangent/core-tensor/primitives";
import { isConstant, type Atom } from "../../program/atom.js";
import type { ProgramEquation } from "../../program/equation.js";
import type { Program } from "../../program/program.js";
import { rewrite } from "./rewrite.js";

type PrimitiveEquation = Extract<ProgramEquation, { primitive: unknown }>;

/**
 * Signs and constant factors that follow each other, where one operation has the bits of both:
 *
 *     a + -b = a - b        a - -b = a + b        c (-x) = -(c x) = (-c) x
 *     c (2^k x) = (c 2^k) x   for k >= 0 and |c| >= 1: the inner product is exact, and where it overflows, so does the other
 */
export function factors(program: Program): Program {
  const readers = new Map<Atom, number>();
  for (const x of [...program.equations.flatMap(({ inputs }) => inputs), ...program.outputs])
    readers.set(x, (readers.get(x) ?? 0) + 1);
  /** How what is read once was computed: what is read elsewhere too is computed anyway. */
  const made = new Map<Atom, ProgramEquation>();
  return rewrite(program, (equation) => {
    for (const output of equation.outputs) if (readers.get(output) === 1) made.set(output, equation);
    const shorter = shortened(equation, made);
    if (shorter === undefined) return undefined;
    for (const output of equation.outputs) if (made.has(output)) made.set(output, shorter);
    return { equations: [shorter], values: equation.outputs };
  });
}

function shortened(
  equation: ProgramEquation,
  made: ReadonlyMap<Atom, ProgramEquation>,
): ProgramEquation | undefined {
  const [out] = equation.outputs;
  if ("call" in equation || out === undefined || (out.dtype !== "float64" && out.dtype !== "float32"))
    return undefined;
  const { inputs } = equation;
  const [a, b] = inputs as [Atom, Atom];
  const from = (x: Atom): PrimitiveEquation | undefined => {
    const before = made.get(x);
    return before === undefined || "call" in before || !sameShape(x.shape, out.shape) ? undefined : before;
  };
  const negated = (x: Atom): Atom | undefined => {
    const before = from(x);
    return before?.primitive.name === "neg" ? before.inputs[0] : undefined;
  };
  const product = (c: number, x: Atom): ProgramEquation => ({
    ...equation,
    primitive: mul,
    inputs: [tensor(c, { dtype: out.dtype }), x],
  });
  switch (equation.primitive.name) {
    case "add": {
      const [left, right] = [negated(a), negated(b)];
      if (right !== undefined) return { ...equation, primitive: sub, inputs: [a, right] };
      return left && { ...equation, primitive: sub, inputs: [b, left] };
    }
    case "sub": {
      const right = negated(b);
      return right && { ...equation, primitive: add, inputs: [a, right] };
    }
    case "neg": {
      const inner = scaled(from(a));
      return inner && product(-inner.factor, inner.x);
    }
    case "mul": {
      const outer = scaled(equation);
      if (outer === undefined) return undefined;
      const positive = negated(outer.x);
      if (positive !== undefined) return product(-outer.factor, positive);
      const inner = scaled(from(outer.x));
      if (inner === undefined || out.dtype !== "float64") return undefined;
      const both = outer.factor * inner.factor;
      const isExact =
        Math.abs(outer.factor) >= 1 && isPowerOfTwo(Math.abs(inner.factor)) && Number.isFinite(both);
      return isExact ? product(both, inner.x) : undefined;
    }
    default:
      return undefined;
  }
}

/** The factor and the other operand of a product with a number. */
function scaled(equation: PrimitiveEquation | undefined): { factor: number; x: Atom } | undefined {
  if (equation?.primitive.name !== "mul") return undefined;
  const [a, b] = equation.inputs as [Atom, Atom];
  const factor = numberOf(a) ?? numberOf(b);
  const x = numberOf(a) === undefined ? a : b;
  if (factor === undefined || !sameShape(x.shape, equation.outputs[0]!.shape)) return undefined;
  return { factor, x };
}

function numberOf(x: Atom): number | undefined {
  return isConstant(x) && x.size === 1 && tracedOf(x) === undefined ? x.item() : undefined;
}

/** 1, 2, 4, ... */
function isPowerOfTwo(x: number): boolean {
  return x >= 1 && Number.isInteger(Math.log2(x)) && 2 ** Math.log2(x) === x;
}

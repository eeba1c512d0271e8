import { broadcastTo, sizeOf } from "@cotangent/core-tensor";
import { isConstant, type Atom, type Variable } from "../../program/atom.js";
import type { ProgramEquation } from "../../program/equation.js";
import type { Program } from "../../program/program.js";
import { Cone, workOf } from "../fusion/cone.js";
import { fusible } from "../fusion/fusible.js";
import { isJoin, movingMap } from "../fusion/index-map.js";
import { rewrite } from "./rewrite.js";

/** With more parts than this, a concatenation is a kernel of its own. */
const MOST_PARTS = 8;

/** What is read from more places than this is stored. */
const MOST_PLACES = 3;

/** The most work, in multiplications, that is done again for every element instead of storing a value and reading it back. */
const MOST_WORK = 16;

/**
 * Slices, their gradients (`place`) and concatenations are read where their elements are used, as windows into values that are
 * stored. What costs little is not stored for that, but computed again at every index where it is read.
 */
export function readInPlace(program: Program): Program {
  if (!program.equations.some(mayMove)) return program;
  const { stored, mapped } = readersIn(program);
  const made = new Map<Atom, ProgramEquation>();
  const isStored = (x: Atom): boolean => isConstant(x) || !made.has(x) || stored.has(x);
  /** What is left of some work after an element was computed from what is stored; less than 0 if it does not suffice. */
  const leftAfter = (equation: ProgramEquation, work: number): number => {
    let left = work - workOf(equation);
    for (const x of equation.inputs) {
      if (left < 0) return left;
      if (!isStored(x)) left = leftAfter(made.get(x)!, left);
    }
    return left;
  };
  return rewrite(program, (equation) => {
    for (const output of equation.outputs) made.set(output, equation);
    if (!mayMove(equation)) return undefined;
    const [out] = equation.outputs as [Variable];
    // To copy stored values, the kernel of a primitive is faster than a loop.
    const isOperand = isJoin(equation) && mapped.has(out);
    if (equation.inputs.every(isStored) && !isOperand) return undefined;
    if (leftAfter(equation, MOST_WORK) < 0) {
      for (const input of equation.inputs) stored.add(input);
      if (!isOperand) return undefined;
    }
    const cone = new Cone(out.shape, made, isStored);
    const value = cone.result(equation);
    if (isConstant(value)) return { values: [broadcastTo(value, out.shape)] };
    made.set(value, equation);
    if (stored.has(out)) stored.add(value);
    return { equations: cone.equations, values: [value] };
  });
}

/** Values that are stored whatever is fused, and operands of elementwise operations. */
function readersIn({ equations, outputs }: Program): { stored: Set<Atom>; mapped: Set<Atom> } {
  const stored = new Set<Atom>(outputs);
  const mapped = new Set<Atom>();
  const places = new Map<Atom, number>();
  for (const equation of equations) {
    const kind = fusible(equation)?.kind;
    const isMoving = kind === undefined && mayMove(equation);
    for (const input of equation.inputs) {
      if (kind === "map") mapped.add(input);
      if (kind === undefined && !isMoving) stored.add(input);
      const count = (places.get(input) ?? 0) + (kind === "view" || isMoving ? 1 : 0);
      places.set(input, count);
      if (count > MOST_PLACES) stored.add(input);
    }
    if (kind === "reduce" || (kind === undefined && !isMoving))
      for (const output of equation.outputs) stored.add(output);
  }
  return { stored, mapped };
}

type PrimitiveEquation = Extract<ProgramEquation, { primitive: unknown }>;

/** Does it read elements from elsewhere, in a way that a loop can? */
function mayMove(equation: ProgramEquation): equation is PrimitiveEquation {
  if ("call" in equation || equation.inputs.length > MOST_PARTS || movingMap(equation) === undefined)
    return false;
  return equation.primitive.name !== "reshape" && sizeOf(equation.outputs[0]!.shape) > 0;
}

import { tracedOf } from "@cotangent/core-tensor";
import { isConstant, type Atom } from "../../program/atom.js";
import type { Program } from "../../program/program.js";
import { rewrite } from "./rewrite.js";

/** What is computed twice is computed once. */
export function commonSubexpressions(program: Program): Program {
  const numbers = new Map<unknown, number>();
  const numberOf = (atom: Atom): number => {
    const key = isConstant(atom) ? keyOf(atom) : atom;
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = numbers.size));
    return number;
  };
  const known = new Map<string, readonly Atom[]>();
  return rewrite(program, (equation) => {
    if ("call" in equation) return undefined;
    const { primitive, params, inputs, outputs } = equation;
    const key = `${primitive.name} ${JSON.stringify(params)} ${inputs.map(numberOf).join()}`;
    const values = known.get(key);
    if (values !== undefined) return { values };
    known.set(key, outputs);
    return undefined;
  });
}

/** Scalars are the same by value, arrays if they are the same array in the same shape. */
function keyOf(x: Atom): unknown {
  if (!isConstant(x)) return x;
  if (x.ndim > 0 || tracedOf(x) !== undefined) return x;
  const value = x.item();
  return `${x.dtype} ${Object.is(value, -0) ? "-0" : String(value)}`;
}

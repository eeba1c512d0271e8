import { hostArray, tensor, tracedOf, type Tensor } from "@cotangent/core-tensor";
import { isConstant, type Atom } from "../../program/atom.js";
import type { Program } from "../../program/program.js";
import { fusible } from "../fusion/fusible.js";
import { rewrite } from "./rewrite.js";

/**
 * A constant whose elements are all the same number is a scalar where it meets operands of its shape: the cotangent of a sum is
 * such a constant, ones, or whatever the sum was multiplied with.
 */
export function uniformConstants(program: Program): Program {
  const scalars = new Map<Atom, Tensor | undefined>();
  const scalarOf = (x: Tensor): Tensor | undefined => {
    if (!scalars.has(x)) scalars.set(x, uniform(x));
    return scalars.get(x);
  };
  return rewrite(program, (equation) => {
    if ("call" in equation || fusible(equation)?.kind !== "map") return undefined;
    const { inputs, outputs } = equation;
    const hasShape = (x: Atom): boolean => !isConstant(x) && x.shape.join() === outputs[0]!.shape.join();
    if (!inputs.some(hasShape)) return undefined;
    const smaller = inputs.map((x) => (isConstant(x) && x.ndim > 0 ? (scalarOf(x) ?? x) : x));
    if (smaller.every((x, i) => x === inputs[i])) return undefined;
    return { equations: [{ ...equation, inputs: smaller }], values: outputs };
  });
}

/** The number that all elements are. */
function uniform(x: Tensor): Tensor | undefined {
  if (x.size === 0 || tracedOf(x) !== undefined) return undefined;
  const numbers = hostArray(x, "jit");
  const [first] = numbers;
  return numbers.every((value) => Object.is(value, first)) ? tensor(first!, { dtype: x.dtype }) : undefined;
}

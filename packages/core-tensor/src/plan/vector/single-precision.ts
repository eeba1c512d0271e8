import type { DType } from "../../dtype/index.js";
import type { Node, Operation } from "./nodes.js";

/** Rounded to float32, these give what the instruction on float32 gives: float64 has more than twice its digits, and two. */
const roundable: readonly Operation[] = ["add", "sub", "mul", "div", "sqrt"];

/** Is every number of this kind one of float32: those of an array, or a single one? */
export function isSinglePrecision(what: { readonly dtype: DType } | { readonly value: number }): boolean {
  return "value" in what
    ? Object.is(Math.fround(what.value), what.value)
    : what.dtype === "float32" || what.dtype === "bool";
}

/**
 * The nodes whose numbers are of float32, as instructions on it compute them to the last bit: a rounded sum is a sum, and a
 * sum that is not rounded is none. `loads` says which of the loads have such numbers. Others may be rounded as they are read.
 */
export function inSinglePrecision(
  nodes: readonly Node[],
  loads: readonly boolean[],
): readonly (Node | undefined)[] {
  const single: (Node | undefined)[] = [];
  const areSingle = (inputs: readonly number[]): boolean =>
    inputs.every((input) => single[input] !== undefined);
  for (const node of nodes) {
    let isSingle = false;
    let as = node;
    if (node.kind === "number") isSingle = isSinglePrecision(node);
    else if (node.kind === "load") isSingle = loads[node.load]!;
    else if (node.kind === "operation" && node.operation === "round32") {
      const input = nodes[node.inputs[0]!]!;
      const isRoundable = input.kind === "operation" && roundable.includes(input.operation);
      if (isRoundable && areSingle(input.inputs)) as = input;
      isSingle = as === input || input.kind !== "operation" || areSingle(node.inputs);
    } else if (node.kind === "rows") {
      // What is chosen from numbers of float32 is one.
      isSingle = !["sum", "cumsum"].includes(node.name) && areSingle([node.input]);
    } else if (node.kind === "operation") {
      isSingle = !roundable.includes(node.operation) && areSingle(node.inputs);
    }
    single.push(isSingle ? as : undefined);
  }
  return single;
}

import type { DType } from "../../dtype/index.js";
import { operandNames } from "../../kernels/map.js";
import type { FusedKernel, FusedMap } from "../fused-kernel.js";
import type { Nodes } from "./nodes.js";
import { NotVectorisable, readText } from "./read-text.js";

/**
 * The values of a kernel at every element of its domain, those before its reductions, as nodes: the node of each of them,
 * by its number. Numbers are loaded like operands, so that programs which differ in them have the same module. Throws
 * NotVectorisable.
 */
export function elementwisePart({ values, after }: FusedKernel, nodes: Nodes): ReadonlyMap<number, number> {
  const nodeOf = new Map<number, number>();
  values.forEach((value, v) => {
    if (after[v]!) return;
    if (value.kind === "number") nodeOf.set(v, nodes.load(v));
    else if (value.kind === "load") {
      only(value, ["kind", "array", "offset", "strides"]);
      nodeOf.set(v, nodes.load(v));
    } else if (value.kind === "map") {
      only(value, ["kind", "expression", "before", "inputs", "dtype"]);
      nodeOf.set(v, mapNode(value, nodeOf, nodes));
    }
  });
  return nodeOf;
}

function mapNode(
  { expression, before, inputs, dtype }: FusedMap,
  nodeOf: ReadonlyMap<number, number>,
  nodes: Nodes,
): number {
  const operands = inputs.map((input, i) => [operandNames[i]!, nodeOf.get(input)!] as const);
  return stored(readText(before, expression, new Map(operands), nodes), dtype, nodes);
}

/** What is read back after a number was stored in an array of this dtype. */
function stored(node: number, dtype: DType, nodes: Nodes): number {
  if (dtype === "int32") throw new NotVectorisable("integers wrap");
  return dtype === "float32" ? nodes.operation("round32", node) : node;
}

/** Refuses what was added to kernels for plain loops alone. */
export function only(object: object, known: readonly string[]): void {
  const other = Object.keys(object).find((name) => !known.includes(name));
  if (other !== undefined) throw new NotVectorisable(other);
}

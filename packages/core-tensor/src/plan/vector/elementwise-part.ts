import type { DType } from "../../dtype/index.js";
import { operandNames } from "../../kernels/map.js";
import type { FusedKernel, FusedMap } from "../fused-kernel.js";
import { checkKnown } from "./known.js";
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
    checkKnown(value);
    if (value.kind === "number" || value.kind === "load") nodeOf.set(v, nodes.load(v));
    else if (value.kind === "map") nodeOf.set(v, mapNode(value, nodeOf, nodes));
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

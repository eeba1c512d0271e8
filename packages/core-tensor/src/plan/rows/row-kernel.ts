import { sizeOf, stridesOf } from "../../shape/index.js";
import type { SlotView } from "../description.js";
import { KernelNodes, type Operand } from "../vector/kernel-nodes.js";
import { partsOfRows } from "../vector/parts.js";
import { NotVectorisable } from "../vector/read-text.js";
import { finished, isDense, type VectorKernel } from "../vector/vector-kernel.js";
import type { RowStep } from "./row-step.js";

/** Elements, and how many of them are a row. */
export interface RowShape {
  readonly size: number;
  readonly length: number;
}

/** Steps along the same rows as one kernel in vectors: what they hand on is not stored. Throws NotVectorisable. */
export function rowKernel(
  steps: readonly RowStep[],
  { size, length }: RowShape,
  inputs: readonly SlotView[],
  outputs: readonly SlotView[],
): VectorKernel {
  const written = new KernelNodes(size, length);
  const { nodes } = written;
  const nodeOf = new Map<number, number>();
  const operandOf = ({ slot, dtype }: SlotView): Operand => {
    const node = nodeOf.get(slot);
    return node === undefined ? { array: inputs.findIndex((input) => input.slot === slot), dtype } : { node };
  };
  for (const { does, ...step } of steps) {
    const operands = step.inputs.map(operandOf);
    if (typeof does === "string") {
      nodes.level = "element";
      const { shape } = step.inputs[0]!;
      const x = written.load({ array: 0, offset: 0, strides: stridesOf(shape) }, operands[0]!, shape);
      const [{ slot, dtype }] = step.outputs as [SlotView];
      nodeOf.set(slot, written.stored(nodes.rows(does, x), dtype));
      continue;
    }
    const values = written.add(does, operands);
    for (const result of does.results) {
      const { slot, shape } = step.outputs[result.array]!;
      const count = does.after[result.value]! ? size / length : sizeOf(does.domain);
      const isWhole = result.offset === 0 && sizeOf(shape) === count && isDense(does, result);
      if (!isWhole) throw new NotVectorisable("a result in another order");
      nodeOf.set(slot, values.get(result.value)!);
    }
  }
  const stores = outputs.map(({ slot, dtype }) => ({ node: nodeOf.get(slot)!, dtype }));
  const targets = outputs.map(({ shape, dtype }, array) => {
    const level = sizeOf(shape) === size ? "element" : "row";
    return { array, dtype, offset: 0, level } as const;
  });
  const parts = partsOfRows(size / length, length);
  return { ...finished(written, stores), parts, targets, reductions: [], rest: undefined };
}

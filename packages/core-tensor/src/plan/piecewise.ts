import { allocate } from "../dtype/index.js";
import type { Abstract, Prepared, Primitive } from "../primitives/primitive.js";
import { sizeOf } from "../shape/index.js";
import type { FusedKernel } from "./fused-kernel.js";
import { fusedLoop } from "./fused-loop.js";

/** Fused kernels that write parts of the same results, one after the other, as a primitive: together they write all of them. */
export function piecewiseLoop(
  name: string,
  kernels: readonly FusedKernel[],
  outputs: readonly Abstract[],
): Primitive {
  const pieces = kernels.map((kernel) => fusedLoop(name, kernel, outputs));
  if (pieces.length === 1) return pieces[0]!;
  const prepare = (inputs: readonly Abstract[]): Prepared => {
    const runs = pieces.map((piece) => piece.prepare(inputs, {}, outputs));
    return (operands, results) => {
      for (let i = 0; i < runs.length; i++) runs[i]!(operands, results);
    };
  };
  return {
    name,
    shape: () => outputs,
    evaluate: (inputs) => {
      const results = outputs.map(({ shape, dtype }) => allocate(dtype, sizeOf(shape)));
      const contents = inputs.map(({ content }) => content);
      prepare(inputs)(contents, results);
      return results;
    },
    prepare,
  };
}

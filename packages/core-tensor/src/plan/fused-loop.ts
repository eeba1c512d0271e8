import { allocate } from "../dtype/index.js";
import type { Abstract, Prepared, Primitive } from "../primitives/primitive.js";
import { sizeOf } from "../shape/index.js";
import type { FusedKernel } from "./fused-kernel.js";
import { fusedText } from "./fused-text.js";

/** A fused kernel as a primitive, for operands and results of fixed shapes. */
export function fusedLoop(name: string, kernel: FusedKernel, outputs: readonly Abstract[]): Primitive {
  let compiled: Prepared | undefined;
  const prepare = (): Prepared => {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- see docs/decisions: our own texts, never user input
    compiled ??= new Function("operands", "results", fusedText(kernel)) as Prepared;
    return compiled;
  };
  return {
    name,
    shape: () => outputs,
    evaluate: (inputs) => {
      const results = outputs.map(({ shape, dtype }) => allocate(dtype, sizeOf(shape)));
      prepare()(
        inputs.map(({ content }) => content),
        results,
      );
      return results;
    },
    prepare,
  };
}

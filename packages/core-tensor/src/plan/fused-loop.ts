import { allocateUnwritten } from "../dtype/index.js";
import type { Abstract, Prepared, Primitive } from "../primitives/primitive.js";
import { sizeOf } from "../shape/index.js";
import type { FusedKernel } from "./fused-kernel.js";
import { loopOf } from "./loop.js";

/** A fused kernel as a primitive. */
export interface FusedLoop extends Primitive {
  readonly kernel: FusedKernel;
}

/** A fused kernel as a primitive, for operands and results of fixed shapes and types. */
export function fusedLoop(name: string, kernel: FusedKernel, outputs: readonly Abstract[]): FusedLoop {
  let compiled: Prepared | undefined;
  const prepare = (inputs: readonly Abstract[]): Prepared => {
    const dtypes = (list: readonly Abstract[]) => list.map(({ dtype }) => dtype);
    return (compiled ??= loopOf(kernel, dtypes(inputs), dtypes(outputs)));
  };
  return {
    name,
    kernel,
    shape: () => outputs,
    evaluate: (inputs) => {
      const results = outputs.map(({ shape, dtype }) => allocateUnwritten(dtype, sizeOf(shape)));
      prepare(inputs)(
        inputs.map(({ content }) => content),
        results,
      );
      return results;
    },
    prepare,
  };
}

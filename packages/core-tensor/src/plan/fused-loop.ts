import { allocate } from "../dtype/index.js";
import { functions, withOwnFunctions } from "../host/functions/index.js";
import type { Abstract, Prepared, Primitive } from "../primitives/primitive.js";
import { sizeOf } from "../shape/index.js";
import type { FusedKernel } from "./fused-kernel.js";
import { fusedText } from "./fused-text.js";

/** A fused kernel as a primitive, for operands and results of fixed shapes. */
export function fusedLoop(name: string, kernel: FusedKernel, outputs: readonly Abstract[]): Primitive {
  let compiled: Prepared | undefined;
  const prepare = (): Prepared => {
    compiled ??= compile(fusedText(kernel));
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

function compile(body: string): Prepared {
  const text = withOwnFunctions(`return (operands, results) => { ${body} }`);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- docs/decisions/0010: our own texts, never user input
  return (new Function("own", text) as (own: typeof functions) => Prepared)(functions);
}

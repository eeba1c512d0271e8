import { functions, withOwnFunctions } from "../host/functions/index.js";
import type { Prepared } from "../primitives/primitive.js";
import type { FusedKernel } from "./fused-kernel.js";
import { fusedText } from "./fused-text.js";

/** A fused kernel as a loop in JavaScript. */
export function plainLoop(kernel: FusedKernel): Prepared {
  const text = withOwnFunctions(`return (operands, results) => { ${fusedText(kernel)} }`);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- docs/decisions/0010: our own texts, never user input
  return (new Function("own", text) as (own: typeof functions) => Prepared)(functions);
}

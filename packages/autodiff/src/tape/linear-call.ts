import { peel, topTrace, type Tensor } from "@cotangent/core-tensor";
import type { LinearCall } from "./equation.js";
import { LinearTrace } from "./linear-trace.js";

/**
 * Applies a linear map; on the variables of a tape it is recorded as one line instead. Under every other trace
 * `apply` runs as ordinary code, so what it closes over is differentiated as usual.
 */
export function linearCall(call: LinearCall, inputs: readonly Tensor[]): readonly Tensor[] {
  const peeled = inputs.map(peel);
  const top = topTrace(peeled);
  return top instanceof LinearTrace ? top.record(call, peeled) : call.apply(peeled);
}

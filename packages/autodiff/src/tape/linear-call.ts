import { peel, topTrace, type Tensor } from "@cotangent/core-tensor";
import { BatchTrace } from "../batch/batch-trace.js";
import { Lift } from "../batch/lift.js";
import { applyCall } from "./apply-call.js";
import type { LinearCall } from "./equation.js";
import { LinearTrace } from "./linear-trace.js";

/**
 * Applies a linear map; on the variables of a tape it is recorded as one line instead. Under every other trace
 * `apply` runs as ordinary code, so what it closes over is differentiated as usual. On a batch it is the batched map.
 */
export function linearCall(call: LinearCall, inputs: readonly Tensor[]): readonly Tensor[] {
  const peeled = inputs.map(peel);
  const top = topTrace(peeled);
  if (top instanceof LinearTrace) return top.record(call, peeled);
  return top instanceof BatchTrace ? onBatch(call, peeled, top) : applyCall(call, peeled);
}

/** One level down, a batch of vectors is one vector with one more axis. Played later, it is of that batch again. */
function onBatch(call: LinearCall, inputs: readonly Tensor[], trace: BatchTrace): readonly Tensor[] {
  const lift = new Lift(trace, { structure: { kind: "array", items: [] }, leaves: inputs });
  const below: LinearCall = {
    name: call.name,
    outputs: call.outputs.map(({ shape, dtype }) => ({ shape: [trace.size, ...shape], dtype })),
    apply: (values) =>
      trace.reopened(() => call.apply(lift.raiseLeaves(values)).map((x) => trace.wholeOf(x))),
    transpose: (cotangents) =>
      trace.reopened(() => lift.lowerCotangents(call.transpose(cotangents.map((ct) => trace.batch(ct))))),
  };
  return linearCall(below, lift.values).map((x) => trace.batch(x));
}

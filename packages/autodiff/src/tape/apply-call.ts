import { peel, topTrace, type Tensor, type Trace } from "@cotangent/core-tensor";
import type { LinearCall } from "./equation.js";

/** A trace that has its own way with linear maps that are given as code. */
export interface CallTrace extends Trace {
  applyCall(call: LinearCall, inputs: readonly Tensor[]): readonly Tensor[];
}

/** x -> A x, by the innermost trace if that is its business, else by running the code. */
export function applyCall(call: LinearCall, inputs: readonly Tensor[]): readonly Tensor[] {
  const peeled = inputs.map(peel);
  const top = topTrace(peeled);
  return top !== undefined && takesCalls(top) ? top.applyCall(call, peeled) : call.apply(inputs);
}

function takesCalls(trace: Trace): trace is CallTrace {
  return "applyCall" in trace;
}

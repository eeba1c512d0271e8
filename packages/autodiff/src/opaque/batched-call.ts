import { withTrace, zeros, type Abstract } from "@cotangent/core-tensor";
import { BatchTrace } from "../batch/batch-trace.js";
import type { BatchedCall, OpaqueCall } from "./opaque-call.js";

/** What a call is on a batch. */
export function batchedCall(call: OpaqueCall, which: readonly boolean[], size: number): BatchedCall {
  return call.batched?.(which, size) ?? { call: mapped(call, which, size) };
}

/** One call for a batch: the code meets the batch when it runs, and does with it what it does outside of `jit`. */
export function mapped(call: OpaqueCall, which: readonly boolean[], size: number): OpaqueCall {
  const outputs = call.outputs.map((x) => wholeOf(x, size));
  return {
    name: call.name,
    outputs,
    linear: call.linear ?? 0,
    apply: (inputs) => {
      if (size === 0) return outputs.map(({ shape, dtype }) => zeros(shape, { dtype }));
      return withTrace(
        (level) => new BatchTrace(level, size, { name: "vmap", place: () => undefined }),
        (batch) => {
          const results = call.apply(inputs.map((x, i) => (which[i]! ? batch.batch(x) : x)));
          return results.map((result) => batch.wholeOf(result));
        },
      );
    },
  };
}

/** All examples of a value along axis 0. */
export function wholeOf({ shape, dtype }: Abstract, size: number): Abstract {
  return { shape: [size, ...shape], dtype };
}

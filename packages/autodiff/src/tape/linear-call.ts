import { peel, topTrace, type Tensor } from "@cotangent/core-tensor";
import { BatchTrace } from "../batch/batch-trace.js";
import { Lift } from "../batch/lift.js";
import { applyCall } from "./apply-call.js";
import type { LinearCall } from "./equation.js";
import { LinearTrace } from "./linear-trace.js";

/**
 * Applies a linear map; on the variables of a tape it is recorded as one line instead. Under every other trace
 * `apply` runs as ordinary code, so what it closes over is differentiated as usual. On a batch it is the batched map.
 *
 * @example
 * ```ts
 * // the product with a matrix, given as code
 * const a = tensor([[1, 2], [3, 4]]);
 * const product = (x: Tensor) =>
 *   linearCall(
 *     {
 *       name: "product",
 *       outputs: [{ shape: [2], dtype: "float64" }],
 *       apply: ([v]) => [matmul(a, v!)],
 *       transpose: ([u]) => [matmul(a.T, u!)],
 *     },
 *     [x],
 *   )[0]!;
 * grad((x: Tensor) => product(x).sum())(tensor([1, 1])); // => [4, 6]
 * ```
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

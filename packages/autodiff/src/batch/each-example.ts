import { hold, peel, stack, ValueError, zeros, type Abstract, type Tensor } from "@cotangent/core-tensor";
import type { BatchTrace } from "./batch-trace.js";

/**
 * A computation that cannot be done for all examples at once, done for one after the other: while `body` runs, tensors
 * of the trace stand for one example. The results are a batch again.
 *
 * @param empty - shape and dtype of the results, where they are known without an example
 * @throws ValueError for an empty batch of results of unknown shape
 * @example
 * ```ts
 * // what vmap does, but with `item`, which a batch does not have
 * withTrace((level) => new BatchTrace(level, 2, originOf("example", null)), (trace) => {
 *   const x = trace.batch(tensor([1, 2]));
 *   const [y] = eachExample(trace, () => [tensor(x.item() * 10)], "example");
 *   trace.wholeOf(y!); // => [10, 20]
 * });
 * ```
 */
export function eachExample(
  trace: BatchTrace,
  body: () => readonly Tensor[],
  where: string,
  empty?: readonly Abstract[],
): readonly Tensor[] {
  if (trace.size === 0) {
    if (empty !== undefined)
      return empty.map(({ shape, dtype }) => trace.batch(zeros([0, ...shape], { dtype })));
    throw new ValueError(
      `${where}: the batch has no examples, and the shape of the result is not known without one: handle it before vmap`,
    );
  }
  const results = Array.from({ length: trace.size }, (_, k) =>
    hold([trace.onlyExample(k)], () => body().map(peel)),
  );
  return results[0]!.map((_, i) => trace.batch(stack(results.map((leaves) => leaves[i]!))));
}

import { checkTraced } from "../dispatch/scope.js";
import type { HostTensor } from "../primitives/primitive.js";
import { hostArray } from "./host-array.js";
import type { Tensor } from "./tensor.js";

/**
 * Constants that depend on the numbers of a tensor, such as the order of its pivots. For a batch they are a batch too:
 * `compute` is given all examples at once, and must treat leading axes as examples.
 */
export function fromNumbers<R extends readonly Tensor[]>(
  x: Tensor,
  where: string,
  compute: (x: HostTensor) => R,
): R {
  const { content, shape, dtype } = x;
  if (ArrayBuffer.isView(content)) return compute({ shape, dtype, content });
  if (content.trace.held === 0) checkTraced(content, where);
  const { primal, whole } = content;
  if (primal !== undefined) return fromNumbers(primal, where, compute);
  if (whole === undefined || content.alike === undefined) {
    return compute({ shape, dtype, content: hostArray(x, where) });
  }
  return fromNumbers(whole, where, compute).map((constants) => content.alike!(constants)) as unknown as R;
}

import { tracedOf, TracedValueError, type Tensor } from "@cotangent/core-tensor";

/** The tensor at the bottom of all transformations. */
export function plain(x: Tensor): Tensor {
  let current = x;
  for (;;) {
    const traced = tracedOf(current);
    if (traced === undefined) return current;
    if (traced.primal === undefined) {
      throw new TracedValueError(
        `implicit: theta has no known value (it is a variable of ${traced.trace.name})`,
      );
    }
    current = traced.primal;
  }
}

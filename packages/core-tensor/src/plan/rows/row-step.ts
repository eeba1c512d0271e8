import { FEW } from "../../host/argsort.js";
import { isFloat } from "../../dtype/index.js";
import { sizeOf } from "../../shape/index.js";
import type { SlotView, StepDescription } from "../description.js";
import type { FusedKernel } from "../fused-kernel.js";
import type { FusedLoop } from "../fused-loop.js";

/** A step that goes along rows, or through elements. */
export interface RowStep {
  readonly inputs: readonly SlotView[];
  readonly outputs: readonly SlotView[];
  /** What it does: a fused kernel, or what has a kernel of its own. */
  readonly does: FusedKernel | "sort" | "cumsum";
  /** Elements that it goes through. */
  readonly size: number;
  /** The length of its rows, if it goes along any. */
  readonly length: number | undefined;
}

/** The step as one of rows, if it is one. */
export function rowStep(step: StepDescription): RowStep | undefined {
  if (!("primitive" in step)) return undefined;
  const { primitive, params, inputs, outputs } = step;
  if ("kernel" in primitive) {
    const { kernel } = primitive as FusedLoop;
    const { domain, reduced } = kernel;
    const first = reduced.indexOf(true);
    if (first >= 0 && reduced.slice(first).includes(false)) return undefined;
    const length = first < 0 ? undefined : sizeOf(domain.slice(first));
    return { inputs, outputs, does: kernel, size: sizeOf(domain), length };
  }
  const isSort = primitive.name === "sorted";
  if (!isSort && primitive.name !== "cumsum") return undefined;
  const { axis, reverse } = params as { readonly axis: number; readonly reverse?: boolean };
  const [{ shape, dtype }] = inputs as [SlotView];
  const length = shape[axis]!;
  if (axis !== shape.length - 1 || reverse === true || !isFloat(dtype) || (isSort && length > FEW))
    return undefined;
  return { inputs, outputs, does: isSort ? "sort" : "cumsum", size: sizeOf(shape), length };
}

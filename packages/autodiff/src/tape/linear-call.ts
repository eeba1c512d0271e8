import { peel, topTrace, type Abstract, type Tensor } from "@cotangent/core-tensor";
import { LinearTrace } from "./linear-trace.js";

/** A linear map that a tape keeps as one opaque line: a linear solve, or the backward pass of a `customVjp`. */
export interface LinearCall {
  readonly name: string;
  readonly outputs: readonly Abstract[];
  /** x -> A x */
  apply(inputs: readonly Tensor[]): readonly Tensor[];
  /** y -> A^T y */
  transpose(cotangents: readonly Tensor[]): readonly Tensor[];
}

/**
 * Applies a linear map; on the variables of a tape it is recorded as one line instead. Under every other trace
 * `apply` runs as ordinary code, so what it closes over is differentiated as usual.
 */
export function linearCall(call: LinearCall, inputs: readonly Tensor[]): readonly Tensor[] {
  const peeled = inputs.map(peel);
  const top = topTrace(peeled);
  return top instanceof LinearTrace ? top.record(call, peeled) : call.apply(peeled);
}

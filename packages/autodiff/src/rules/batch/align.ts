import { broadcastTo, reshape, transpose, type Shape, type Tensor } from "@cotangent/core-tensor";
import type { BatchInput } from "./rule.js";

/** The shape that an operand has for one example. */
export function exampleShape({ value, batched }: BatchInput): Shape {
  return batched ? value.shape.slice(1) : value.shape;
}

/** With the examples along axis 0: repeated where it is the same for all. */
export function repeated({ value, batched }: BatchInput, size: number): Tensor {
  return batched ? value : broadcastTo(value, [size, ...value.shape]);
}

/** [B, ...shape] as [B, 1, ..., 1, ...shape] with `rank` axes behind the first, so that broadcasting aligns examples. */
export function withRank({ value, batched }: BatchInput, rank: number): Tensor {
  if (!batched || value.ndim - 1 >= rank) return value;
  const missing = rank - (value.ndim - 1);
  return reshape(value, [value.shape[0]!, ...new Array<number>(missing).fill(1), ...value.shape.slice(1)]);
}

/** Axis `from` becomes axis `to`. */
export function moveAxis(x: Tensor, from: number, to: number): Tensor {
  if (from === to) return x;
  const order = x.shape.map((_, axis) => axis).filter((axis) => axis !== from);
  order.splice(to, 0, from);
  return transpose(x, order);
}

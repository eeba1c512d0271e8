import { bind, bindOne, reshape, type Tensor } from "@cotangent/core-tensor";
import { exampleShape, moveAxis, repeated, withRank } from "./align.js";
import type { BatchAt, BatchInput } from "./rule.js";

type Inputs = readonly BatchInput[];
type Outputs = readonly Tensor[];

/** Parameters that name axes. */
export interface Axes {
  readonly axes: readonly number[];
}

/** Operands broadcast against each other: their ranks are aligned behind the batch axis. */
export function elementwise<Q extends object>(inputs: Inputs, { primitive, params }: BatchAt<Q>): Outputs {
  const rank = Math.max(...inputs.map((input) => exampleShape(input).length));
  const aligned = inputs.map((input) => withRank(input, rank));
  return bind(primitive, aligned, params);
}

/** One operand and a parameter `axes`, all of which move by one. */
export function reduction([x]: Inputs, { primitive, params }: BatchAt<Axes>): Outputs {
  return bind(primitive, [x!.value], { ...params, axes: params.axes.map((axis) => axis + 1) });
}

/** Operands that do not broadcast, and a parameter `axis`, which moves by one. */
export function alongAxis<Q extends { readonly axis: number }>(
  inputs: Inputs,
  { primitive, params, size }: BatchAt<Q>,
): Outputs {
  const whole = inputs.map((input) => repeated(input, size));
  return bind(primitive, whole, { ...params, axis: params.axis + 1 });
}

/** Works on the last axes of its operands, behind any number of leading ones that all of them have. */
export function leadingAxes<Q extends object>(
  inputs: Inputs,
  { primitive, params, size }: BatchAt<Q>,
): Outputs {
  const whole = inputs.map((input) => repeated(input, size));
  return bind(primitive, whole, params);
}

/**
 * As `leadingAxes`, where the last operand is [..., n, m] and its columns are independent of each other: examples that
 * differ in them alone are more columns for the same matrix.
 */
export function solveColumns<Q extends object>(inputs: Inputs, at: BatchAt<Q>): Outputs {
  const matrices = inputs.slice(0, -1);
  if (matrices.some(({ batched }) => batched)) return leadingAxes(inputs, at);
  const { value: b } = inputs[inputs.length - 1]!;
  const last = b.ndim - 2;
  const columns = moveAxis(b, 0, last);
  const m = b.shape[b.ndim - 1]!;
  const joined = reshape(columns, [...columns.shape.slice(0, last), at.size * m]);
  const x = bindOne(at.primitive, [...matrices.map(({ value }) => value), joined], at.params);
  return [moveAxis(reshape(x, columns.shape), last, 0)];
}

import { bind, bindOne, reshape, type Primitive } from "@cotangent/core-tensor";
import { exampleShape, moveAxis, repeated, withRank } from "./align.js";
import type { BatchRuleOf } from "./rule.js";

/** Parameters that name axes. */
export interface Axes {
  readonly axes: readonly number[];
}

/** Operands broadcast against each other: their ranks are aligned behind the batch axis. */
export function elementwise<Q extends object>(primitive: Primitive<string, Q>): BatchRuleOf<Q> {
  return (inputs, params) => {
    const rank = Math.max(...inputs.map((input) => exampleShape(input).length));
    return bind(
      primitive,
      inputs.map((input) => withRank(input, rank)),
      params,
    );
  };
}

/** One operand and a parameter `axes`, all of which move by one. */
export function reduction(primitive: Primitive<string, Axes>): BatchRuleOf<Axes> {
  return ([x], params) =>
    bind(primitive, [x!.value], { ...params, axes: params.axes.map((axis) => axis + 1) });
}

/** Operands that do not broadcast, and a parameter `axis`, which moves by one. */
export function alongAxis<Q extends { readonly axis: number }>(
  primitive: Primitive<string, Q>,
): BatchRuleOf<Q> {
  return (inputs, params, size) =>
    bind(
      primitive,
      inputs.map((input) => repeated(input, size)),
      { ...params, axis: params.axis + 1 },
    );
}

/** Works on the last axes of its operands, behind any number of leading ones that all of them have. */
export function leadingAxes<Q extends object>(primitive: Primitive<string, Q>): BatchRuleOf<Q> {
  return (inputs, params, size) =>
    bind(
      primitive,
      inputs.map((input) => repeated(input, size)),
      params,
    );
}

/**
 * As `leadingAxes`, where the last operand is [..., n, m] and its columns are independent of each other: examples that
 * differ in them alone are more columns for the same matrix.
 */
export function solveColumns<Q extends object>(primitive: Primitive<string, Q>): BatchRuleOf<Q> {
  const everywhere = leadingAxes(primitive);
  return (inputs, params, size) => {
    const matrices = inputs.slice(0, -1);
    if (matrices.some(({ batched }) => batched)) return everywhere(inputs, params, size);
    const { value: b } = inputs[inputs.length - 1]!;
    const at = b.ndim - 2;
    const columns = moveAxis(b, 0, at);
    const m = b.shape[b.ndim - 1]!;
    const joined = reshape(columns, [...columns.shape.slice(0, at), size * m]);
    const x = bindOne(primitive, [...matrices.map(({ value }) => value), joined], params);
    return [moveAxis(reshape(x, columns.shape), at, 0)];
  };
}

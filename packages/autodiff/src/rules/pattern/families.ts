import {
  bindOne,
  broadcastTo,
  expandDims,
  hostArray,
  sizeOf,
  Tensor,
  transpose,
  type Shape,
} from "@cotangent/core-tensor";
import type { IndexSets } from "./index-sets.js";
import type { PatternAt, PatternRuleOf } from "./rule.js";

/** Numbers of sets as a tensor; without numbers, of empty sets. */
export function setsOf(shape: Shape, numbers = new Int32Array(sizeOf(shape))): Tensor {
  return new Tensor(shape, "int32", numbers);
}

/** Every element depends on what the operands' elements at its place depend on. */
export const elementwise: PatternRuleOf<object> = ({ sets, shape, pool }) =>
  sets.reduce<Tensor>(
    (all, x) => (x === null ? all : unionAtPlaces(all, broadcastTo(x, shape), pool)),
    setsOf(shape),
  );

/** Elements are moved, and with them the numbers of their sets; where nothing comes in, there is the empty set. */
export function moving<Q extends object>({ sets, inputs, primitive, params }: PatternAt<Q>): Tensor {
  const operands = sets.map((x, i) => x ?? setsOf(inputs[i]!.shape));
  return bindOne(primitive, operands, params);
}

/** The last operand is [..., n, m]: every column of the output depends on all of that column. */
export const columns: PatternRuleOf<object> = ({ sets, shape, pool }) => {
  const b = sets[sets.length - 1]!;
  return broadcastTo(expandDims(unionOver(b, [b.ndim - 2], pool), -2), shape);
};

/** Element by element, of two tensors of one shape. */
export function unionAtPlaces(x: Tensor, y: Tensor, pool: IndexSets): Tensor {
  const [a, b] = [hostArray(x, "pattern"), hostArray(y, "pattern")];
  return setsOf(
    x.shape,
    Int32Array.from(a, (set, i) => pool.union(set, b[i]!)),
  );
}

/** The union over axes, which disappear. */
export function unionOver(x: Tensor, axes: readonly number[], pool: IndexSets): Tensor {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const shape = kept.map((axis) => x.shape[axis]!);
  const length = sizeOf(axes.map((axis) => x.shape[axis]!));
  const rows = hostArray(transpose(x, [...kept, ...axes]), "pattern");
  const out = new Int32Array(sizeOf(shape));
  for (let i = 0; i < out.length; i++) out[i] = pool.unionOf(rows.subarray(i * length, (i + 1) * length));
  return setsOf(shape, out);
}

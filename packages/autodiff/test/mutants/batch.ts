import {
  bind,
  bindOne,
  flip,
  primitives as p,
  reshape,
  roll,
  slice,
  relu,
  stopGradient,
  tensor,
  exp,
  transpose,
  type Primitive,
  type Tensor,
} from "@cotangent/core-tensor";
import { moveAxis, repeated } from "../../src/rules/batch/align.js";
import { elementwise, solveColumns } from "../../src/rules/batch/families.js";
import type { BatchRuleOf } from "../../src/rules/batch/rule.js";
import { batchRules } from "../../src/rules/batch/table.js";
import { batch, type Mutant } from "./mutant.js";

const law = "batching is looping, whatever operands are batched";

/** Applies the primitive to the whole batch as if it were one example. */
const asOne =
  <Q extends object>(primitive: Primitive<string, Q>): BatchRuleOf<Q> =>
  (inputs, params) =>
    bind(
      primitive,
      inputs.map(({ value }) => value),
      params,
    );

/** Every example with the operand of the first one. */
const firstExample = (x: Tensor): Tensor =>
  x.shape[0] === 0 ? x : repeated({ value: slice(x, 0), batched: false }, x.shape[0]!);

/** Wrong rules for batches. */
// prettier-ignore
export const batchMutants: readonly Mutant[] = [
  batch("add", "axes not aligned", law, asOne(p.add)),
  batch("where", "axes not aligned", law, asOne(p.where)),
  batch("where", "the condition of the first example", law, ([c, ...rest], params, size) => elementwise(p.where)([{ ...c!, value: c!.batched ? firstExample(c!.value) : c!.value }, ...rest], params, size)),
  batch("mul", "the first operand of the first example", law, ([a, b], params, size) => elementwise(p.mul)([{ ...a!, value: a!.batched ? firstExample(a!.value) : a!.value }, b!], params, size)),
  batch("exp", "examples in reverse order", law, ([x]) => [flip(bindOne(p.exp, [x!.value], {}), { axis: 0 })]),
  batch("sub", "examples of one operand moved by one", law, ([a, b], params, size) => elementwise(p.sub)([a!, { ...b!, value: b!.batched ? roll(b!.value, 1, { axis: 0 }) : b!.value }], params, size)),
  batch("sum", "axes not moved", law, ([x], params, size) => { const [y] = bind(p.sum, [x!.value], params); return [y!.shape[0] === size ? y! : bindOne(p.sum, [x!.value], { axes: params.axes.map((axis) => axis + 1) })]; }),
  batch("max", "the last axis instead of its own", law, ([x], { axes }) => bind(p.max, [x!.value], { axes: axes.map((_, k) => x!.value.ndim - 1 - k) })),
  batch("cumsum", "axis not moved", law, asOne(p.cumsum)),
  batch("cumsum", "direction forgotten", law, ([x], { axis }) => bind(p.cumsum, [x!.value], { axis: axis + 1, reverse: false })),
  batch("argsort", "axis not moved", law, asOne(p.argsort)),
  batch("reshape", "elements of examples mixed", law, ([x], { shape }, size) => [moveAxis(reshape(x!.value, [...shape, size]), shape.length, 0)]),
  batch("transpose", "axes of the whole batch", law, ([x], { axes }) => { const y = transpose(x!.value, [...axes, axes.length]); return [moveAxis(y, y.ndim - 1, 0)]; }),
  batch("broadcastTo", "axes not aligned", law, ([x], { shape }, size) => bind(p.broadcastTo, [x!.value], { shape: [size, ...shape] })),
  batch("slice", "starts of the batch axis forgotten", law, ([x], params, size) => batchRules.slice([{ ...x!, value: roll(x!.value, 1, { axis: 0 }) }], params, size)),
  batch("slice", "steps forgotten", law, ([x], { starts, lengths, steps }, size) => bind(p.slice, [x!.value], { starts: [0, ...starts.map((start, i) => steps[i]! < 0 ? start + steps[i]! * Math.max(0, lengths[i]! - 1) : start)], lengths: [size, ...lengths], steps: [1, ...steps.map(Math.sign).map(Math.abs)] })),
  batch("place", "off by one", law, ([x], { shape, starts, steps }, size) => [roll(bindOne(p.place, [x!.value], { shape: [size, ...shape], starts: [0, ...starts], steps: [1, ...steps] }), 1)]),
  batch("concatenate", "the batch axis joined", law, (inputs, { axis }, size) => { const parts = inputs.map((input) => repeated(input, size)); const y = bindOne(p.concatenate, [...parts].reverse(), { axis: axis + 1 }); return [y]; }),
  batch("take", "indices of the first example", law, ([x, index], params, size) => batchRules.take([x!, { ...index!, value: index!.batched ? firstExample(index!.value) : index!.value }], params, size)),
  batch("take", "all indices into the first example", law, ([x, index], { axis }, size) => index!.batched && x!.batched ? batchRules.take([{ value: size === 0 ? reshape(x!.value, x!.value.shape.slice(1)) : slice(x!.value, 0), batched: false }, index!], { axis }, size) : batchRules.take([x!, index!], { axis }, size)),
  batch("scatterAdd", "values of the first example", law, ([x, index], params, size) => batchRules.scatterAdd([{ ...x!, value: x!.batched ? firstExample(x!.value) : x!.value }, index!], params, size)),
  batch("matmul", "a batch of B as more rows", law, ([a, b], params, size) => { const y = batchRules.matmul([a!, b!], params, size)[0]!; return [!a!.batched && y.shape.at(-1) === y.shape.at(-2) ? y.matrixTranspose() : y]; }),
  batch("triangularSolve", "columns of examples mixed", law, ([a, b], params, size) => { const [y] = solveColumns(p.triangularSolve)([a!, b!], params, size); return [a!.batched ? y! : reshape(flip(y!, { axis: 0 }), y!.shape)]; }),
  batch("luSolve", "the factors of the first example", law, ([a, f, o, b], params, size) => batchRules.luSolve([a!, { ...f!, value: f!.batched ? firstExample(f!.value) : f!.value }, { ...o!, value: o!.batched ? firstExample(o!.value) : o!.value }, b!], params, size)),
  batch("cholesky", "transposed factor", law, ([a]) => [bindOne(p.cholesky, [a!.value], {}).matrixTranspose()]),
  batch("svdSolve", "the matrix of the first example", law, ([a, u, s, vh, b], params, size) => batchRules.svdSolve([a!, { ...u!, value: u!.batched ? firstExample(u!.value) : u!.value }, s!, vh!, b!], params, size)),
  batch("randomSample", "the key of the first example", law, ([key], params, size) => batchRules.randomSample([{ ...key!, value: firstExample(key!.value) }], params, size)),
  batch("exp", "promoted to float64", law, ([x]) => [exp(x!.value).astype("float64")]),
  batch("exp", "values held", "the derivative of a batch is a batch of derivatives", ([x]) => [exp(stopGradient(x!.value))]),
  batch("matmul", "one operand held", "the derivative of a batch is a batch of derivatives", ([a, b], params, size) => batchRules.matmul([a!, { ...b!, value: stopGradient(b!.value) }], params, size)),
  batch("relu", "reads the numbers", "batches nest", ([x]) => [tensor(relu(x!.value).toTypedArray(), { shape: x!.value.shape })]),
  batch("sum", "an empty batch as one example", "of an empty batch it has the shapes", ([x], params, size) => (size === 0 ? bind(p.sum, [x!.value], params) : batchRules.sum([x!], params, size))),
  batch("lerp", "weights of the first example", law, ([u, a, b], params, size) => batchRules.lerp([{ ...u!, value: u!.batched ? firstExample(u!.value) : u!.value }, a!, b!], params, size)),
];

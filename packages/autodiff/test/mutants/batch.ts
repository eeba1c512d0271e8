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
  type Tensor,
} from "@cotangent/core-tensor";
import { moveAxis, repeated } from "../../src/rules/batch/align.js";
import { elementwise, solveColumns } from "../../src/rules/batch/families.js";
import type { BatchAt, BatchInput } from "../../src/rules/batch/rule.js";
import { batchRules } from "../../src/rules/batch/table.js";
import { batch, type Mutant } from "./mutant.js";

const law = "batching is looping, whatever operands are batched";

/** Applies the primitive to the whole batch as if it were one example. */
const asOne = <Q extends object>(inputs: readonly BatchInput[], { primitive, params }: BatchAt<Q>) =>
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
  batch("add", "axes not aligned", law, asOne),
  batch("where", "axes not aligned", law, asOne),
  batch("where", "the condition of the first example", law, ([c, ...rest], at) => elementwise([{ ...c!, value: c!.batched ? firstExample(c!.value) : c!.value }, ...rest], at)),
  batch("mul", "the first operand of the first example", law, ([a, b], at) => elementwise([{ ...a!, value: a!.batched ? firstExample(a!.value) : a!.value }, b!], at)),
  batch("exp", "examples in reverse order", law, ([x]) => [flip(bindOne(p.exp, [x!.value], {}), { axis: 0 })]),
  batch("sub", "examples of one operand moved by one", law, ([a, b], at) => elementwise([a!, { ...b!, value: b!.batched ? roll(b!.value, 1, { axis: 0 }) : b!.value }], at)),
  batch("sum", "axes not moved", law, ([x], { params, size }) => { const [y] = bind(p.sum, [x!.value], params); return [y!.shape[0] === size ? y! : bindOne(p.sum, [x!.value], { axes: params.axes.map((axis) => axis + 1) })]; }),
  batch("max", "the last axis instead of its own", law, ([x], { params: { axes } }) => bind(p.max, [x!.value], { axes: axes.map((_, k) => x!.value.ndim - 1 - k) })),
  batch("cumsum", "axis not moved", law, asOne),
  batch("cumsum", "direction forgotten", law, ([x], { params: { axis } }) => bind(p.cumsum, [x!.value], { axis: axis + 1, reverse: false })),
  batch("argsort", "axis not moved", law, asOne),
  batch("reshape", "elements of examples mixed", law, ([x], { params: { shape }, size }) => [moveAxis(reshape(x!.value, [...shape, size]), shape.length, 0)]),
  batch("transpose", "axes of the whole batch", law, ([x], { params: { axes } }) => { const y = transpose(x!.value, [...axes, axes.length]); return [moveAxis(y, y.ndim - 1, 0)]; }),
  batch("broadcastTo", "axes not aligned", law, ([x], { params: { shape }, size }) => bind(p.broadcastTo, [x!.value], { shape: [size, ...shape] })),
  batch("slice", "starts of the batch axis forgotten", law, ([x], at) => batchRules.slice([{ ...x!, value: roll(x!.value, 1, { axis: 0 }) }], at)),
  batch("slice", "steps forgotten", law, ([x], { params: { starts, lengths, steps }, size }) => bind(p.slice, [x!.value], { starts: [0, ...starts.map((start, i) => steps[i]! < 0 ? start + steps[i]! * Math.max(0, lengths[i]! - 1) : start)], lengths: [size, ...lengths], steps: [1, ...steps.map(Math.sign).map(Math.abs)] })),
  batch("place", "off by one", law, ([x], { params: { shape, starts, steps }, size }) => [roll(bindOne(p.place, [x!.value], { shape: [size, ...shape], starts: [0, ...starts], steps: [1, ...steps] }), 1)]),
  batch("concatenate", "the batch axis joined", law, (inputs, { params: { axis }, size }) => { const parts = inputs.map((input) => repeated(input, size)); const y = bindOne(p.concatenate, [...parts].reverse(), { axis: axis + 1 }); return [y]; }),
  batch("take", "indices of the first example", law, ([x, index], at) => batchRules.take([x!, { ...index!, value: index!.batched ? firstExample(index!.value) : index!.value }], at)),
  batch("take", "all indices into the first example", law, ([x, index], at) => index!.batched && x!.batched ? batchRules.take([{ value: at.size === 0 ? reshape(x!.value, x!.value.shape.slice(1)) : slice(x!.value, 0), batched: false }, index!], at) : batchRules.take([x!, index!], at)),
  batch("scatterAdd", "values of the first example", law, ([x, index], at) => batchRules.scatterAdd([{ ...x!, value: x!.batched ? firstExample(x!.value) : x!.value }, index!], at)),
  batch("matmul", "a batch of B as more rows", law, ([a, b], at) => { const y = batchRules.matmul([a!, b!], at)[0]!; return [!a!.batched && y.shape.at(-1) === y.shape.at(-2) ? y.matrixTranspose() : y]; }),
  batch("triangularSolve", "columns of examples mixed", law, ([a, b], at) => { const [y] = solveColumns([a!, b!], at); return [a!.batched ? y! : reshape(flip(y!, { axis: 0 }), y!.shape)]; }),
  batch("luSolve", "the factors of the first example", law, ([a, f, o, b], at) => batchRules.luSolve([a!, { ...f!, value: f!.batched ? firstExample(f!.value) : f!.value }, { ...o!, value: o!.batched ? firstExample(o!.value) : o!.value }, b!], at)),
  batch("cholesky", "transposed factor", law, ([a]) => [bindOne(p.cholesky, [a!.value], {}).matrixTranspose()]),
  batch("svdSolve", "the matrix of the first example", law, ([a, u, s, vh, b], at) => batchRules.svdSolve([a!, { ...u!, value: u!.batched ? firstExample(u!.value) : u!.value }, s!, vh!, b!], at)),
  batch("randomSample", "the key of the first example", law, ([key], at) => batchRules.randomSample([{ ...key!, value: firstExample(key!.value) }], at)),
  batch("exp", "promoted to float64", law, ([x]) => [exp(x!.value).astype("float64")]),
  batch("exp", "values held", "the derivative of a batch is a batch of derivatives", ([x]) => [exp(stopGradient(x!.value))]),
  batch("matmul", "one operand held", "the derivative of a batch is a batch of derivatives", ([a, b], at) => batchRules.matmul([a!, { ...b!, value: stopGradient(b!.value) }], at)),
  batch("relu", "reads the numbers", "batches nest", ([x]) => [tensor(relu(x!.value).toTypedArray(), { shape: x!.value.shape })]),
  batch("sum", "an empty batch as one example", "of an empty batch it has the shapes", ([x], at) => (at.size === 0 ? bind(p.sum, [x!.value], at.params) : batchRules.sum([x!], at))),
  batch("lerp", "weights of the first example", law, ([u, a, b], at) => batchRules.lerp([{ ...u!, value: u!.batched ? firstExample(u!.value) : u!.value }, a!, b!], at)),
];

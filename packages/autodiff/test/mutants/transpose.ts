import {
  bindOne,
  div,
  flip,
  matrixTranspose,
  mul,
  neg,
  onesLike,
  primitives as p,
  reshape,
  roll,
  slice,
  where,
  zerosLike,
  type Tensor,
} from "@cotangent/core-tensor";
import { layoutTranspose } from "../../src/rules/transpose/layout.js";
import { linearTranspose } from "../../src/rules/transpose/linear.js";
import { transposed, type Mutant } from "./mutant.js";

const law = "the transpose rule";

/** One of the copies that broadcasting made, where their sum is due. */
function firstCopy(ct: Tensor, { shape }: Tensor): Tensor {
  const added = ct.ndim - shape.length;
  const ranges = ct.shape.map((n, axis) => {
    if (axis < added) return n === 0 ? ([0, 0] as const) : 0;
    return shape[axis - added] === n ? null : ([0, 1] as const);
  });
  return slice(ct, ...ranges);
}

/** Wrong transposes. */
// prettier-ignore
export const transposeMutants: readonly Mutant[] = [
  transposed("neg", "wrong sign", law, (ct) => [ct]),
  transposed("sub", "sign of the second operand", law, (ct, { linear }) => linear.map((is) => (is ? ct : null))),
  transposed("add", "given to the first operand only", law, (ct, { linear }) => [linear[0]! ? ct : null, linear[1]! ? zerosLike(ct) : null]),
  transposed("mul", "the other operand forgotten", law, (ct, { linear }) => linear.map((is) => (is ? ct : null))),
  transposed("div", "multiplied instead of divided", law, (ct, { inputs: [, b] }) => [mul(ct, b!), null]),
  transposed("where", "condition inverted", law, (ct, { inputs: [c], linear }) => [null, linear[1]! ? where(c!, 0, ct) : null, linear[2]! ? where(c!, ct, 0) : null]),
  transposed("cast", "not cast back", law, (ct) => [ct]),
  transposed("matmul", "the stored transpose of B ignored", law, (ct, at) => linearTranspose.matmul(ct, { ...at, params: { ...at.params, transposeB: false } })),
  transposed("matmul", "the stored transpose of A ignored", law, (ct, at) => linearTranspose.matmul(ct, { ...at, params: { ...at.params, transposeA: false } })),
  transposed("matmul", "B not transposed where it is square", law, (ct, at) => {
    const [a, b] = at.inputs;
    const turned = at.linear[0] === true && b!.shape.at(-1) === b!.shape.at(-2);
    return linearTranspose.matmul(ct, turned ? { ...at, inputs: [a!, matrixTranspose(b!)] } : at);
  }),
  transposed("sum", "mean instead of sum", law, (ct, at) => layoutTranspose.sum(div(ct, Math.max(1, at.params.axes.reduce((n, axis) => n * at.inputs[0]!.shape[axis]!, 1))), at)),
  transposed("sum", "given to the first summand only", law, (ct, { inputs: [x], params: { axes } }) => [bindOne(p.place, [reshape(ct, x!.shape.map((n, axis) => (axes.includes(axis) ? Math.min(n, 1) : n)))], { shape: x!.shape, starts: x!.shape.map(() => 0), steps: x!.shape.map(() => 1) })]),
  transposed("cumsum", "not reversed", law, (ct, { params }) => [bindOne(p.cumsum, [ct], params)]),
  transposed("cumsum", "wrong axis", law, (ct, { params }) => [bindOne(p.cumsum, [ct], { axis: ct.ndim - 1 - params.axis, reverse: !params.reverse })]),
  transposed("reshape", "elements in reverse order", law, (ct, { inputs: [x] }) => [reshape(flip(ct), x!.shape)]),
  transposed("transpose", "the permutation instead of its inverse", law, (ct, { inputs: [x], params }) => [reshape(bindOne(p.transpose, [ct], params), x!.shape)]),
  transposed("broadcastTo", "the first copy instead of the sum", law, (ct, { inputs: [x] }) => [firstCopy(ct, x!)]),
  transposed("add", "the first copy of a stretched operand", "jvpTaylor in reverse", (ct, { inputs, linear }) => inputs.map((x, i) => (linear[i]! ? firstCopy(ct, x) : null))),
  transposed("mul", "the first copy of a stretched operand", law, (ct, { inputs: [a, b], linear }) => (linear[0]! ? [firstCopy(mul(ct, b!), a!), null] : [null, firstCopy(mul(a!, ct), b!)])),
  transposed("slice", "off by one", law, (ct, at) => layoutTranspose.slice(ct, at).map((x) => roll(x!, 1))),
  transposed("slice", "steps forgotten", law, (ct, { inputs: [x], params: { starts, steps, lengths } }) => [bindOne(p.place, [ct], { shape: x!.shape, starts: starts.map((start, i) => steps[i]! < 0 ? start + steps[i]! * Math.max(0, lengths[i]! - 1) : start), steps: steps.map(Math.abs) })]),
  transposed("place", "off by one", law, (ct, at) => layoutTranspose.place(roll(ct, 1), at)),
  transposed("concatenate", "every part from the start", law, (ct, { inputs, linear, params: { axis } }) => inputs.map((x, i) => linear[i]! ? slice(ct, ...new Array<null>(axis).fill(null), [0, x.shape[axis]!]) : null)),
  transposed("take", "repeated indices overwrite", law, (ct, at) => {
    const [sums] = layoutTranspose.take(ct, at);
    const [counts] = layoutTranspose.take(onesLike(ct), at);
    return [div(sums!, where(counts!.greater(0), counts!, 1)), null];
  }),
  transposed("take", "wrong axis", law, (ct, { inputs: [x, index], params: { axis } }) => [reshape(bindOne(p.scatterAdd, [ct, index!], { axis, length: x!.shape[axis]!, indexRank: index!.ndim }).T, x!.shape), null]),
  transposed("scatterAdd", "off by one", law, (ct, at) => layoutTranspose.scatterAdd(roll(ct, 1, { axis: at.params.axis }), at)),
  transposed("triangularSolve", "not transposed", law, (ct, { inputs: [a], params }) => [null, bindOne(p.triangularSolve, [a!, ct], params)]),
  transposed("triangularSolve", "the other triangle", law, (ct, { inputs: [a], params }) => [null, bindOne(p.triangularSolve, [a!, ct], { ...params, lower: !params.lower })]),
  transposed("luSolve", "not transposed", law, (ct, { inputs: [a, f, o], params }) => [null, null, null, bindOne(p.luSolve, [a!, f!, o!, ct], params)]),
  transposed("svdSolve", "not transposed where it is square", law, (ct, { inputs: [a, u, s, vh], params }) => [null, null, null, null, bindOne(p.svdSolve, [a!, u!, s!, vh!, ct], { ...params, transpose: a!.shape.at(-1) === a!.shape.at(-2) ? params.transpose : !params.transpose })]),
  transposed("tridiagonalSolve", "not transposed", law, (ct, { inputs: [l, d, u], params }) => [null, null, null, bindOne(p.tridiagonalSolve, [l!, d!, u!, ct], params)]),
  transposed("tridiagonalSolve", "bands swapped twice", law, (ct, { inputs: [l, d, u], params }) => [null, null, null, bindOne(p.tridiagonalSolve, [u!, d!, l!, ct], { transpose: !params.transpose })]),
  transposed("mul", "wrong sign", "jvpTaylor in reverse", (ct, { inputs: [a, b], linear }) => linear[0]! ? [neg(mul(ct, b!)), null] : [null, mul(a!, ct)]),
];

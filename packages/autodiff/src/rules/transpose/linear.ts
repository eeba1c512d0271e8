import { bindOne, div, mul, neg, where } from "@cotangent/core-tensor";
import type { TransposeRule } from "../rule.js";

const neg_: TransposeRule<"neg"> = (ct) => [neg(ct)];
const cast: TransposeRule<"cast"> = (ct, { inputs: [x] }) => [ct.astype(x!.dtype)];
const add: TransposeRule<"add"> = (ct, { linear }) => linear.map((is) => (is ? ct : null));
const sub: TransposeRule<"sub"> = (ct, { linear }) => [linear[0]! ? ct : null, linear[1]! ? neg(ct) : null];
const mul_: TransposeRule<"mul"> = (ct, { inputs: [a, b], linear }) =>
  linear[0]! ? [mul(ct, b!), null] : [null, mul(a!, ct)];
const div_: TransposeRule<"div"> = (ct, { inputs: [, b] }) => [div(ct, b!), null];
const where_: TransposeRule<"where"> = (ct, { inputs: [c], linear }) => [
  null,
  linear[1]! ? where(c!, ct, 0) : null,
  linear[2]! ? where(c!, 0, ct) : null,
];

/** <ct, op(A) op(B)>: the four cases of stored transposes stay among themselves */
const matmul: TransposeRule<"matmul"> = (
  ct,
  { primitive, inputs: [a, b], linear, params: { transposeA, transposeB } },
) => {
  const product = (x: typeof ct, y: typeof ct, tx: boolean, ty: boolean) =>
    bindOne(primitive, [x, y], { transposeA: tx, transposeB: ty });
  if (linear[0]!) {
    return [transposeA ? product(b!, ct, transposeB, true) : product(ct, b!, false, !transposeB), null];
  }
  return [null, transposeB ? product(ct, a!, true, transposeA) : product(a!, ct, !transposeA, false)];
};

/** (T^-1)^T = (T^T)^-1 */
const triangularSolve: TransposeRule<"triangularSolve"> = (ct, { primitive, inputs: [a], params }) => [
  null,
  bindOne(primitive, [a!, ct], { ...params, transpose: !params.transpose }),
];

/** (A^-1)^T = (A^T)^-1, with the same factors */
const luSolve: TransposeRule<"luSolve"> = (ct, { primitive, inputs: [a, factors, order], params }) => [
  null,
  null,
  null,
  bindOne(primitive, [a!, factors!, order!, ct], { transpose: !params.transpose }),
];

/** Arithmetic, products and solves. */
export const linearTranspose = {
  neg: neg_,
  cast,
  add,
  sub,
  mul: mul_,
  div: div_,
  where: where_,
  matmul,
  triangularSolve,
  luSolve,
};

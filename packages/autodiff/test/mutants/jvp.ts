import {
  add,
  bindOne,
  concatenate,
  cos,
  div,
  exp,
  expandDims,
  eye,
  flip,
  greater,
  log,
  matmul,
  matrixTranspose,
  mean,
  mod,
  mul,
  neg,
  pow,
  primitives as p,
  reciprocal,
  reshape,
  roll,
  sigmoid,
  sin,
  square,
  stopGradient,
  sub,
  sum,
  tril,
  triu,
  where,
  type Tensor,
} from "@cotangent/core-tensor";
import { linalgJvp } from "../../src/rules/jvp/linalg.js";
import { spectralJvp } from "../../src/rules/jvp/spectral.js";
import { along, each, linear } from "../../src/rules/rule.js";
import { layoutTranspose } from "../../src/rules/transpose/layout.js";
import { linearTranspose } from "../../src/rules/transpose/linear.js";
import { jvp, transposed, type Mutant } from "./mutant.js";

const half = (x: Tensor) => mul(x, 0.5);
const lower = { lower: true, transpose: false, unitDiagonal: false };
const solveLower = (l: Tensor, b: Tensor) => bindOne(p.triangularSolve, [l, b], lower);
const svdJvp = (...[tangents, at]: Parameters<typeof spectralJvp.svd>) =>
  spectralJvp.svd(tangents, at) as readonly [Tensor | null, Tensor | null, Tensor | null];
const lastAxis = (x: Tensor) => x.ndim - 1;

/** Wrong derivatives. */
// prettier-ignore
export const jvpMutants: readonly Mutant[] = [
  jvp("exp", "dropped factor", "jvpTaylor", each((t) => t)),
  jvp("square", "factor 1 instead of 2", "jvpTaylor", each((t, { inputs: [x] }) => mul(t, x!))),
  jvp("sqrt", "factor 1 instead of 1/2", "jvpTaylor", each((t, { output }) => div(t, output))),
  jvp("erf", "2 / pi instead of 2 / sqrt(pi)", "jvpTaylor", each((t, { inputs: [x] }) => mul(t, mul(2 / Math.PI, exp(neg(square(x!))))))),
  jvp("expm1", "an error of 1e-6", "jvpTaylor", each((t, { inputs: [x] }) => mul(t, mul(exp(x!), 1 + 1e-6)))),
  jvp("cos", "wrong sign", "jvpTaylor", each((t, { inputs: [x] }) => mul(t, sin(x!)))),
  jvp("reciprocal", "wrong sign", "jvpTaylor", each((t, { output }) => mul(t, square(output)))),
  jvp("sub", "sign of the second operand", "jvpTaylor", each<"sub">((t) => t, (t) => t)),
  jvp("tanh", "forgotten square", "jvpTaylor", each((t, { output }) => mul(t, sub(1, output)))),
  jvp("softplus", "sigmoid(-x) instead of sigmoid(x)", "jvpTaylor", each((t, { inputs: [x] }) => mul(t, sigmoid(neg(x!))))),
  jvp("log1p", "1 / x instead of 1 / (1 + x)", "jvpTaylor", each((t, { inputs: [x] }) => div(t, x!))),
  jvp("relu", "condition inverted", "jvpTaylor", each((t, { inputs: [x] }) => where(greater(x!, 0), 0, t))),
  jvp("abs", "no sign", "jvpTaylor", each((t) => t)),
  jvp("polygamma", "own order instead of the next", "jvpTaylor", each((t, { output }) => mul(t, output))),
  jvp("mul", "operands swapped", "jvpTaylor", each<"mul">((t, { inputs: [a] }) => mul(t, a!), (t, { inputs: [, b] }) => mul(t, b!))),
  jvp("mul", "derivative along one operand forgotten", "jvpTaylor", each<"mul">(along(0), null)),
  jvp("div", "a / b instead of a / b^2", "jvpTaylor", each<"div">(along(0), (t, { output }) => mul(t, neg(output)))),
  jvp("pow", "exponent not reduced", "jvpTaylor", each<"pow">((t, { inputs: [, b], output }) => mul(t, mul(b!, output)), (t, { inputs: [a], output }) => mul(t, mul(output, log(a!))))),
  jvp("pow", "logarithm of the wrong operand", "jvpTaylor", each<"pow">((t, { inputs: [a, b] }) => mul(t, mul(b!, pow(a!, sub(b!, 1)))), (t, { inputs: [, b], output }) => mul(t, mul(output, log(square(b!)))))),
  jvp("atan2", "operands swapped", "jvpTaylor", each<"atan2">((t, { inputs: [y, x] }) => mul(t, div(y!, add(square(x!), square(y!)))), (t, { inputs: [y, x] }) => mul(t, neg(div(x!, add(square(x!), square(y!))))))),
  jvp("mod", "derivative along the divisor forgotten", "jvpTaylor", each<"mod">((t) => t, null)),
  jvp("logaddexp", "operands swapped", "jvpTaylor", each<"logaddexp">((t, { inputs: [a, b] }) => mul(t, sigmoid(sub(b!, a!))), (t, { inputs: [a, b] }) => mul(t, sigmoid(sub(a!, b!))))),
  jvp("maximum", "given to both operands", "jvpTaylor", each<"maximum">((t) => t, (t) => t)),
  jvp("minimum", "operands swapped", "jvpTaylor", each<"minimum">((t, { inputs: [a, b] }) => where(greater(a!, b!), t, 0), (t, { inputs: [a, b] }) => where(greater(b!, a!), t, 0))),
  jvp("where", "condition inverted", "jvpTaylor", each<"where">(null, (t, { inputs: [c] }) => where(c!, 0, t), (t, { inputs: [c] }) => where(c!, t, 0))),
  jvp("lerp", "sign along the weight", "jvpTaylor", each<"lerp">((t, { inputs: [, a, b] }) => mul(t, sub(a!, b!)), (t, { inputs: [u] }) => mul(t, sub(1, u!)), (t, { inputs: [u] }) => mul(t, u!))),
  jvp("truncatedNormalQuantile", "no density ratio", "jvpTaylor", each<"truncatedNormalQuantile">(null, (t, { inputs: [w] }) => mul(t, sub(1, w!)), (t, { inputs: [w] }) => mul(t, w!))),
  jvp("max", "shared by all elements", "jvpTaylor", each((t, { params: { axes } }) => mean(t, { axis: [...axes] }))),
  jvp("cumsum", "wrong direction", "jvpTaylor", each((t, { params }) => bindOne(p.cumsum, [t], { ...params, reverse: !params.reverse }))),
  jvp("cumsum", "wrong axis", "jvpTaylor", each((t, { params }) => bindOne(p.cumsum, [t], { ...params, axis: lastAxis(t) - params.axis }))),
  jvp("matmul", "product rule without the second term", "jvpTaylor", each<"matmul">(along(0), null)),
  jvp("matmul", "transposed operand where it is square", "jvpTaylor", each<"matmul">((t, { inputs: [, b], params }) => bindOne(p.matmul, [t, b!.shape.at(-1) === b!.shape.at(-2) ? matrixTranspose(b!) : b!], params), along(1))),
  jvp("reshape", "elements in reverse order", "jvpTaylor", each((t, { params: { shape } }) => reshape(flip(t), shape))),
  jvp("transpose", "inverse permutation where the shape allows it", "jvpTaylor", each((t, { params: { axes }, output }) => {
    const turned = bindOne(p.transpose, [t], { axes: axes.map((_, i) => axes.indexOf(i)) });
    return turned.shape.join() === output.shape.join() ? turned : bindOne(p.transpose, [t], { axes });
  })),
  jvp("slice", "off by one", "jvpTaylor", each((t, { params }) => bindOne(p.slice, [roll(t, 1)], params))),
  jvp("place", "off by one", "jvpTaylor", each((t, { params }) => roll(bindOne(p.place, [t], params), 1))),
  jvp("concatenate", "parts in reverse order", "jvpTaylor", (tangents, { params: { axis } }) => [concatenate(tangents.map((t) => t!).reverse(), axis)]),
  jvp("concatenate", "zero while a part has no tangent", "jvpTaylor, adjoint and dtypes while some operands are held", (tangents, at) => tangents.every((t) => t !== null) ? linear(tangents, at) : [null]),
  jvp("take", "off by one", "jvpTaylor", each<"take">((t, { inputs: [x, index], params }) => bindOne(p.take, [t, mod(add(index!, 1), x!.shape[params.axis]!).astype("int32")], params), null)),
  jvp("scatterAdd", "off by one", "jvpTaylor", each<"scatterAdd">((t, { inputs: [, index], params }) => bindOne(p.scatterAdd, [t, mod(add(index!, 1), params.length).astype("int32")], params), null)),
  jvp("add", "not broadcast while the other operand is held", "jvpTaylor, adjoint and dtypes while some operands are held", ([a, b]) => [a && b ? add(a, b) : (a ?? b ?? null)]),
  jvp("triangularSolve", "the other triangle is read", "jvpTaylor", each<"triangularSolve">((t, { inputs: [a], output: x, params }) => bindOne(p.triangularSolve, [a!, neg(matmul(params.transpose ? matrixTranspose(t) : t, x))], params), along(1))),
  jvp("triangularSolve", "derivative of the unit diagonal", "jvpTaylor", each<"triangularSolve">((t, { inputs: [a], output: x, params }) => bindOne(p.triangularSolve, [a!, neg(matmul(params.transpose ? matrixTranspose(params.lower ? tril(t) : triu(t)) : params.lower ? tril(t) : triu(t), x))], params), along(1))),
  jvp("cholesky", "whole diagonal", "jvpTaylor", each((t, { output: l }) => matmul(l, tril(solveLower(l, matrixTranspose(solveLower(l, t))))))),
  jvp("cholesky", "no triangle", "jvpTaylor", each((t, { output: l }) => half(matmul(l, solveLower(l, matrixTranspose(solveLower(l, t))))))),
  jvp("lu", "derivative of L alone", "jvpTaylor", (tangents, at) => [tril(linalgJvp.lu(tangents, at)[0]!, -1), null]),
  jvp("luSolve", "wrong sign", "jvpTaylor", each<"luSolve">((t, { inputs: [a, f, o], output: x, params }) => bindOne(p.luSolve, [a!, f!, o!, matmul(params.transpose ? matrixTranspose(t) : t, x)], params), null, null, along(3))),
  jvp("luSolve", "tangent not transposed with the matrix", "jvpTaylor", each<"luSolve">((t, { inputs: [a, f, o], output: x, params }) => bindOne(p.luSolve, [a!, f!, o!, neg(matmul(t, x))], params), null, null, along(3))),
  jvp("qr", "R without its skew part", "jvpTaylor", (tangents, at) => [linalgJvp.qr(tangents, at)[0]!, triu(matmul(matrixTranspose(at.outputs[0]!), tangents[0]!))]),
  jvp("eigh", "values from the diagonal of dA", "jvpTaylor", ([t], { outputs: [w, v] }) => [sum(mul(t!, eye(w!.shape.at(-1)!)), { axis: -1 }), matmul(v!, mul(gaps(w!), matmul(matmul(matrixTranspose(v!), t!), v!)))]),
  jvp("eigh", "sign of the gaps", "jvpTaylor", ([t], { outputs: [w, v] }) => {
    const projected = matmul(matmul(matrixTranspose(v!), t!), v!);
    return [sum(mul(projected, eye(w!.shape.at(-1)!)), { axis: -1 }), neg(matmul(v!, mul(gaps(w!), projected)))];
  }),
  jvp("svd", "sign of V", "jvpTaylor", (tangents, at) => { const [u, s, vh] = svdJvp(tangents, at); return [u, s, vh && neg(vh)]; }),
  jvp("svd", "no part of U outside of its space", "jvpTaylor", (tangents, at) => { const [u] = at.outputs; const [du, ds, dvh] = svdJvp(tangents, at); return [du && matmul(u!, matmul(matrixTranspose(u!), du)), ds, dvh]; }),
  jvp("svd", "no part of V outside of its space", "jvpTaylor", (tangents, at) => { const [, , vh] = at.outputs; const [du, ds, dvh] = svdJvp(tangents, at); return [du, ds, dvh && matmul(matmul(dvh, matrixTranspose(vh!)), vh!)]; }),
  jvp("svd", "U and V exchanged where they are square", "jvpTaylor", (tangents, at) => { const [du, ds, dvh] = svdJvp(tangents, at); return du && dvh && du.shape.join() === dvh.shape.join() ? [matrixTranspose(dvh), ds, matrixTranspose(du)] : [du, ds, dvh]; }),
  jvp("svdSolve", "only the first term", "jvpTaylor", each<"svdSolve">((t, { inputs: [a, u, s, vh], output: x, params }) => neg(bindOne(p.svdSolve, [a!, u!, s!, vh!, matmul(params.transpose ? matrixTranspose(t) : t, x)], params)), null, null, null, along(4))),
  jvp("lu", "U without its last pivot", "jvpTaylor", (tangents, at) => [mul(linalgJvp.lu(tangents, at)[0]!, at.outputs[0]!.shape.at(-1) === 0 ? 1 : sub(1, lastPivot(at.outputs[0]!.shape.at(-1)!))), null]),
  jvp("lgamma", "wrong for negative arguments", "jvpTaylor", each((t, { inputs: [x] }) => mul(t, bindOne(p.polygamma, [x!.abs()], { order: 0 })))),
  jvp("pow", "not for negative bases", "jvpTaylor", each<"pow">((t, { inputs: [a, b] }) => mul(t, mul(b!, exp(mul(sub(b!, 1), log(a!))))), (t, { inputs: [a], output }) => mul(t, mul(output, log(a!))))),
  jvp("tridiagonalSolve", "lower band shifted the wrong way", "jvpTaylor", each<"tridiagonalSolve">((t, { inputs: [l, d, u], output: x, params }) => bindOne(p.tridiagonalSolve, [l!, d!, u!, neg(mul(expandDims(t, -1), roll(x, -1, { axis: -2 })))], params), (t, { inputs: [l, d, u], output: x, params }) => bindOne(p.tridiagonalSolve, [l!, d!, u!, neg(mul(expandDims(t, -1), x))], params), null, along(3))),
  jvp("exp", "promoted to float64", "dtypes in float32", each((t, { output }) => mul(t, output).astype("float64"))),
  jvp("cast", "keeps the dtype of the operand", "dtypes in float32", each((t) => t)),
  jvp("floor", "derivative one", "the derivative is zero", each((t) => t)),
  jvp("stopGradient", "lets through", "the derivative is zero", each((t) => t)),
];

/** 1 / (w_j - w_i), 0 on the diagonal */
function gaps(w: Tensor): Tensor {
  const apart = sub(expandDims(w, -2), expandDims(w, -1));
  const diagonal = eye(w.shape.at(-1)!).astype("bool");
  return where(diagonal, 0, reciprocal(where(diagonal, 1, apart)));
}

const lastPivot = (n: number): Tensor => {
  const last = eye(n).slice(n - 1);
  return mul(expandDims(last, -1), last);
};

/** Derivatives that have the right value and a wrong derivative. */
// prettier-ignore
export const secondOrderMutants: readonly Mutant[] = [
  jvp("exp", "factor held", "jvpTaylor of order 2", each((t, { output }) => mul(t, stopGradient(output)))),
  jvp("sin", "factor held", "jvpTaylor of order 2 in reverse", each((t, { inputs: [x] }) => mul(t, cos(stopGradient(x!))))),
  jvp("mul", "one operand held", "symmetricHessian", each<"mul">((t, { inputs: [, b] }) => mul(t, stopGradient(b!)), along(1))),
  jvp("mul", "both operands held", "jvpTaylor of order 2", each<"mul">((t, { inputs: [, b] }) => mul(t, stopGradient(b!)), (t, { inputs: [a] }) => mul(t, stopGradient(a!)))),
  jvp("div", "result held", "jvpTaylor of order 2", each<"div">(along(0), (t, { inputs: [, b], output }) => mul(t, neg(div(stopGradient(output), b!))))),
  jvp("matmul", "one operand held", "symmetricHessian", each<"matmul">((t, { inputs: [, b], params }) => bindOne(p.matmul, [t, stopGradient(b!)], params), along(1))),
  jvp("luSolve", "solution held", "jvpTaylor of order 2", each<"luSolve">((t, { inputs: [a, f, o], output: x, params }) => bindOne(p.luSolve, [a!, f!, o!, neg(matmul(params.transpose ? matrixTranspose(t) : t, stopGradient(x)))], params), null, null, along(3))),
  jvp("cholesky", "factor held", "jvpTaylor of order 2", (tangents, at) => linalgJvp.cholesky(tangents, { ...at, outputs: at.outputs.map(stopGradient) })),
  jvp("qr", "factors held", "jvpTaylor of order 2 in reverse", (tangents, at) => linalgJvp.qr(tangents, { ...at, outputs: at.outputs.map(stopGradient) })),
  jvp("lgamma", "digamma held", "jvpTaylor of order 2", each((t, { inputs: [x] }) => mul(t, bindOne(p.polygamma, [stopGradient(x!)], { order: 0 })))),
  jvp("square", "derivative by the value of x at a distance", "jvpTaylor of order 2", each((t, { inputs: [x] }) => mul(t, add(x!, stopGradient(x!))))),
  jvp("sum", "tangent held", "jvpTaylor of order 2", each((t, { params }) => bindOne(p.sum, [stopGradient(t)], params))),
  jvp("slice", "tangent held", "jvpTaylor of order 2", each((t, { params }) => bindOne(p.slice, [stopGradient(t)], params))),
  transposed("mul", "operand held", "jvpTaylor of order 2 in reverse", (ct, { inputs: [a, b], linear: is }) => (is[0]! ? [mul(ct, stopGradient(b!)), null] : [null, mul(stopGradient(a!), ct)])),
  transposed("mul", "cotangent held", "jvpTaylor of order 2 in reverse", (ct, at) => linearTranspose.mul(stopGradient(ct), at)),
  transposed("div", "operand held", "jvpTaylor of order 2 in reverse", (ct, { inputs: [, b] }) => [div(ct, stopGradient(b!)), null]),
  transposed("matmul", "operands held", "jvpTaylor of order 2 in reverse", (ct, at) => linearTranspose.matmul(ct, { ...at, inputs: at.inputs.map(stopGradient) })),
  transposed("triangularSolve", "matrix held", "jvpTaylor of order 2 in reverse", (ct, at) => linearTranspose.triangularSolve(ct, { ...at, inputs: at.inputs.map(stopGradient) })),
  transposed("reshape", "cotangent held", "jvpTaylor of order 2 in reverse", (ct, at) => layoutTranspose.reshape(stopGradient(ct), at)),
  transposed("cumsum", "cotangent held", "symmetricHessian", (ct, at) => layoutTranspose.cumsum(stopGradient(ct), at)),
  transposed("take", "cotangent held", "symmetricHessian", (ct, at) => layoutTranspose.take(stopGradient(ct), at)),
];

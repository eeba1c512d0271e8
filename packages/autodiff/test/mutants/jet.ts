import {
  bindOne,
  cos,
  div,
  exp,
  mul,
  neg,
  primitives as p,
  reciprocal,
  square,
  sub,
  where,
  greater,
  zerosLike,
  add,
  type PrimitiveName,
  type Tensor,
} from "@cotangent/core-tensor";
import {
  bilinear,
  composed,
  constant,
  differentialEquation,
  linear,
  linearIn,
  quadrature,
  selecting,
} from "../../src/rules/jet/families.js";
import { convolve, grow, plus, type Coefficients, type JetRule } from "../../src/rules/jet/rule.js";
import { jetRules } from "../../src/rules/jet/table.js";
import { jet, type Mutant } from "./mutant.js";

const law = "jet equals nested jvp along a curve";

const next = "the derivative of a coefficient of jet is the next";

/** A right rule with coefficient k of its first result changed. */
const changed =
  <P extends PrimitiveName>(rule: JetRule<P>, change: (c: Tensor, k: number) => Tensor): JetRule<P> =>
  (series, at) => {
    const [[value, ...rest], ...others] = rule(series, at) as [Coefficients, ...Coefficients[]];
    return [[value, ...rest.map((c, i) => (c === null ? null : change(c, i + 1)))], ...others];
  };

/** Wrong Taylor series. */
// prettier-ignore
export const jetMutants: readonly Mutant[] = [
  jet("exp", "coefficients off by a factorial", law, changed(jetRules.exp, (c, k) => mul(c, k))),
  jet("log", "coefficient 3 off by 1/3", law, changed(jetRules.log, (c, k) => (k === 3 ? mul(c, 1 / 3) : c))),
  jet("sin", "all orders but the first dropped", law, ([x]) => [grow(bindOne(p.sin, [x![0]], {}), 1, () => (x![1] ? mul(cos(x![0]), x![1]) : null))]),
  jet("cos", "wrong sign of odd orders", law, changed(jetRules.cos, (c, k) => (k % 2 === 1 ? neg(c) : c))),
  jet("tanh", "1 + y^2 instead of 1 - y^2 at higher orders", law, differentialEquation((y) => sub(1, square(y)), (k, y) => convolve(y, y, k))),
  jet("atan", "derivative of another function", law, quadrature((x) => reciprocal(sub(1, square(x))))),
  jet("erf", "exp(x^2) instead of exp(-x^2)", law, quadrature((x) => mul(2 / Math.sqrt(Math.PI), exp(square(x))))),
  jet("mul", "only products with the values", law, ([a, b], { order }) => [grow(mul(a![0], b![0]), order, (k) => plus(a![k] ? mul(a![k], b![0]) : null, b![k] ? mul(a![0], b![k]) : null))]),
  jet("matmul", "operands of the convolution misplaced", law, ([a, b], at) => bilinear([a!, [b![0], ...[...b!.slice(1)].reverse()]], at)),
  jet("div", "sum of the recurrence too short", law, ([a, b], { order }) => [grow(div(a![0], b![0]), order, (k, y) => { const rest = convolve(b!, y, k, 1, k - 1); const top = plus(a![k] ?? null, rest === null ? null : neg(rest)); return top === null ? null : div(top, b![0]); })]),
  jet("sqrt", "2 forgotten", law, changed(jetRules.sqrt, (c) => mul(2, c))),
  jet("square", "twice x instead of x squared", law, composed((x) => mul(2, mul(x, x)))),
  jet("pow", "exponent one too large", law, (series, at) => { const [a, b] = series; return [[bindOne(p.pow, [a![0], b![0]], {}), ...jetRules.pow([a!, [add(b![0], 1), ...b!.slice(1)]], { ...at, inputs: [at.inputs[0]!, add(at.inputs[1]!, 1)] })[0]!.slice(1)]]; }),
  jet("relu", "condition inverted", law, selecting(([x]) => ([t]) => where(greater(x!, 0), 0, t!))),
  jet("maximum", "operands swapped", law, selecting(([a, b]) => ([s, t]) => where(greater(a!, b!), t ?? zerosLike(b!), s ?? zerosLike(a!)))),
  jet("sum", "constant", law, constant),
  jet("cumsum", "order 1 only", law, changed(jetRules.cumsum, (c, k) => (k === 1 ? c : mul(c, 0)))),
  jet("where", "first branch constant", law, linearIn(2)),
  jet("max", "sum over all elements", law, selecting((_, __, { axes }) => ([t]) => t!.sum({ axis: [...axes] }))),
  jet("triangularSolve", "whole matrix instead of its triangle", law, ([a, b], at) => jetRules.triangularSolve([[a![0]], b!], at)),
  jet("luSolve", "not transposed", law, ([a, f, o, b], at) => jetRules.luSolve([[a![0], ...a!.slice(1).map((c) => c?.matrixTranspose() ?? null)], f!, o!, b!], at)),
  jet("cholesky", "coefficients not divided by their order", law, changed(jetRules.cholesky, (c, k) => mul(c, k))),
  jet("log", "coefficient 4 dropped", next, changed(jetRules.log, (c, k) => (k === 4 ? mul(c, 0) : c))),
  jet("atan2", "coefficient 5 doubled", next, changed(jetRules.atan2, (c, k) => (k === 5 ? mul(c, 2) : c))),
  jet("floor", "linear", law, linear),
];

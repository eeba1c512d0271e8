import {
  add,
  cos,
  div,
  equal,
  exp,
  greater,
  isFloat,
  log,
  logicalAnd,
  mul,
  neg,
  pow,
  sigmoid,
  sign,
  sin,
  square,
  sub,
  where,
  type Tensor,
} from "@cotangent/core-tensor";
import { along, each, linear, zero } from "../rule.js";

/** 1 where `a` is chosen over `b`, 1/2 at a tie, 0 elsewhere: what a maximum passes on to its operands. */
const share = (chosen: Tensor, a: Tensor, b: Tensor): Tensor =>
  where(chosen, 1, where(equal(a, b), 0.5, 0)).astype(a.dtype);

/** d |x| = sign(x) dx, and so on: one line of mathematics for each elementwise primitive. */
export const elementwiseJvp = {
  neg: linear,
  abs: each<"abs">((t, { inputs: [x] }) => mul(t, sign(x!))),
  sign: zero,
  floor: zero,
  ceil: zero,
  exp: each<"exp">((t, { output }) => mul(t, output)),
  // e^x instead of output + 1, which loses all digits for very negative x
  expm1: each<"expm1">((t, { inputs: [x] }) => mul(t, exp(x!))),
  log: each<"log">((t, { inputs: [x] }) => div(t, x!)),
  log1p: each<"log1p">((t, { inputs: [x] }) => div(t, add(x!, 1))),
  sqrt: each<"sqrt">((t, { output }) => div(t, mul(2, output))),
  square: each<"square">((t, { inputs: [x] }) => mul(t, mul(2, x!))),
  reciprocal: each<"reciprocal">((t, { output }) => mul(t, neg(square(output)))),
  sin: each<"sin">((t, { inputs: [x] }) => mul(t, cos(x!))),
  cos: each<"cos">((t, { inputs: [x] }) => mul(t, neg(sin(x!)))),
  tan: each<"tan">((t, { output }) => mul(t, add(1, square(output)))),
  // 1 / cosh(x)^2 = 4 sigmoid(2x) sigmoid(-2x), instead of 1 - tanh(x)^2, which loses all digits for large x
  tanh: each<"tanh">((t, { inputs: [x] }) => mul(t, mul(4, mul(sigmoid(mul(2, x!)), sigmoid(mul(-2, x!)))))),
  // sigmoid(-x) instead of 1 - sigmoid(x), which loses all digits for large x
  sigmoid: each<"sigmoid">((t, { inputs: [x], output }) => mul(t, mul(output, sigmoid(neg(x!))))),
  softplus: each<"softplus">((t, { inputs: [x] }) => mul(t, sigmoid(x!))),
  relu: each<"relu">((t, { inputs: [x] }) => where(greater(x!, 0), t, 0)),
  isFinite: zero,
  isNaN: zero,
  logicalNot: zero,
  cast: each<"cast">((t, { params }) => (isFloat(params.dtype) ? t.astype(params.dtype) : t)),
  stopGradient: zero,
  add: each<"add">(
    (t) => t,
    (t) => t,
  ),
  sub: each<"sub">(
    (t) => t,
    (t) => neg(t),
  ),
  mul: each<"mul">(along(0), along(1)),
  div: each<"div">(along(0), (t, { inputs: [, b], output }) => mul(t, neg(div(output, b!)))),
  // d a^b = b a^(b-1) da + log(a) a^b db. At a = b = 0 the first is 0 * inf, so a is replaced there; at a = 0 the second
  // is 0, because 0^b is constant
  pow: each<"pow">(
    (t, { inputs: [a, b] }) =>
      mul(t, mul(b!, pow(where(logicalAnd(equal(a!, 0), equal(b!, 0)), 1, a!), sub(b!, 1)))),
    (t, { inputs: [a], output }) => mul(t, mul(output, log(where(equal(a!, 0), 1, a!)))),
  ),
  maximum: each<"maximum">(
    (t, { inputs: [a, b] }) => mul(t, share(greater(a!, b!), a!, b!)),
    (t, { inputs: [a, b] }) => mul(t, share(greater(b!, a!), a!, b!)),
  ),
  minimum: each<"minimum">(
    (t, { inputs: [a, b] }) => mul(t, share(greater(b!, a!), a!, b!)),
    (t, { inputs: [a, b] }) => mul(t, share(greater(a!, b!), a!, b!)),
  ),
  equal: zero,
  notEqual: zero,
  less: zero,
  lessEqual: zero,
  greater: zero,
  greaterEqual: zero,
  logicalAnd: zero,
  logicalOr: zero,
  where: each<"where">(
    null,
    (t, { inputs: [c] }) => where(c!, t, 0),
    (t, { inputs: [c] }) => where(c!, 0, t),
  ),
};

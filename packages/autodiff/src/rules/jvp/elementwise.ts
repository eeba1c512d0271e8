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
import { over, pointwise, times } from "../fusing.js";
import { along, each, linear, zero } from "../rule.js";

/** 1 where `a` is chosen over `b`, 1/2 at a tie, 0 elsewhere: what a maximum passes on to its operands. */
const share = (chosen: Tensor, a: Tensor, b: Tensor): Tensor =>
  where(chosen, 1, where(equal(a, b), 0.5, 0)).astype(a.dtype);

/** d |x| = sign(x) dx, and so on: one line of mathematics for each elementwise primitive. */
export const elementwiseJvp = {
  neg: linear,
  abs: pointwise<"abs">(times(([x]) => sign(x!))),
  sign: zero,
  floor: zero,
  ceil: zero,
  exp: pointwise<"exp">(times((_, y) => y)),
  // e^x instead of output + 1, which loses all digits for very negative x
  expm1: pointwise<"expm1">(times(([x]) => exp(x!))),
  log: pointwise<"log">(over(([x]) => x!)),
  log1p: pointwise<"log1p">(over(([x]) => add(x!, 1))),
  sqrt: pointwise<"sqrt">(over((_, y) => mul(2, y))),
  square: pointwise<"square">(times(([x]) => mul(2, x!))),
  reciprocal: pointwise<"reciprocal">(times((_, y) => neg(square(y)))),
  sin: pointwise<"sin">(times(([x]) => cos(x!))),
  cos: pointwise<"cos">(times(([x]) => neg(sin(x!)))),
  tan: pointwise<"tan">(times((_, y) => add(1, square(y)))),
  // 1 / cosh(x)^2 = 4 sigmoid(2x) sigmoid(-2x), instead of 1 - tanh(x)^2, which loses all digits for large x
  tanh: pointwise<"tanh">(times(([x]) => mul(4, mul(sigmoid(mul(2, x!)), sigmoid(mul(-2, x!)))))),
  // sigmoid(-x) instead of 1 - sigmoid(x), which loses all digits for large x
  sigmoid: pointwise<"sigmoid">(times(([x], y) => mul(y, sigmoid(neg(x!))))),
  softplus: pointwise<"softplus">(times(([x]) => sigmoid(x!))),
  relu: pointwise<"relu">((t, { inputs: [x] }) => where(greater(x!, 0), t, 0)),
  isFinite: zero,
  isNaN: zero,
  logicalNot: zero,
  cast: each<"cast">((t, { params }) => (isFloat(params.dtype) ? t.astype(params.dtype) : t)),
  stopGradient: zero,
  add: pointwise<"add">(
    (t) => t,
    (t) => t,
  ),
  sub: pointwise<"sub">(
    (t) => t,
    (t) => neg(t),
  ),
  mul: pointwise<"mul">(along(0), along(1)),
  div: pointwise<"div">(
    along(0),
    times(([, b], y) => neg(div(y, b!))),
  ),
  // d a^b = b a^(b-1) da + log(a) a^b db. At a = b = 0 the first is 0 * inf, so a is replaced there; at a = 0 the second
  // is 0, because 0^b is constant
  pow: pointwise<"pow">(
    times(([a, b]) => mul(b!, pow(where(logicalAnd(equal(a!, 0), equal(b!, 0)), 1, a!), sub(b!, 1)))),
    times(([a], y) => mul(y, log(where(equal(a!, 0), 1, a!)))),
  ),
  maximum: pointwise<"maximum">(
    times(([a, b]) => share(greater(a!, b!), a!, b!)),
    times(([a, b]) => share(greater(b!, a!), a!, b!)),
  ),
  minimum: pointwise<"minimum">(
    times(([a, b]) => share(greater(b!, a!), a!, b!)),
    times(([a, b]) => share(greater(a!, b!), a!, b!)),
  ),
  equal: zero,
  notEqual: zero,
  less: zero,
  lessEqual: zero,
  greater: zero,
  greaterEqual: zero,
  logicalAnd: zero,
  logicalOr: zero,
  where: pointwise<"where">(
    null,
    (t, { inputs: [c] }) => where(c!, t, 0),
    (t, { inputs: [c] }) => where(c!, 0, t),
  ),
};

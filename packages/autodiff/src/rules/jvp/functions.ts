import {
  abs,
  add,
  bindOne,
  cosh,
  digamma,
  div,
  equal,
  exp,
  greater,
  isFinite,
  logicalAnd,
  maximum,
  mul,
  neg,
  round,
  sigmoid,
  sinh,
  sqrt,
  square,
  stopGradient,
  sub,
  where,
  type Tensor,
} from "@cotangent/core-tensor";
import { each, zero } from "../rule.js";

const TWO_OVER_SQRT_PI = 1.1283791670955126;
const SQRT_PI_OVER_2 = 0.886226925452758;

/** sqrt(1 - x^2), without loss of digits near 1 */
const cosineOf = (x: Tensor): Tensor => sqrt(mul(sub(1, x), add(1, x)));

/** numerator / (x^2 + y^2), scaled so that no square overflows; 0 at the origin */
const overSquares = (numerator: Tensor, x: Tensor, y: Tensor): Tensor => {
  const largest = stopGradient(maximum(abs(x), abs(y)));
  const scale = where(logicalAnd(greater(largest, 0), isFinite(largest)), largest, 1);
  const squares = add(square(div(x, scale)), square(div(y, scale)));
  return div(div(div(numerator, scale), where(equal(squares, 0), 1, squares)), scale);
};

/** d asin x = dx / sqrt(1 - x^2), and so on: one line of mathematics for each. */
export const functionJvp = {
  round: zero,
  asin: each<"asin">((t, { inputs: [x] }) => div(t, cosineOf(x!))),
  acos: each<"acos">((t, { inputs: [x] }) => neg(div(t, cosineOf(x!)))),
  atan: each<"atan">((t, { inputs: [x] }) => div(t, add(1, square(x!)))),
  sinh: each<"sinh">((t, { inputs: [x] }) => mul(t, cosh(x!))),
  cosh: each<"cosh">((t, { inputs: [x] }) => mul(t, sinh(x!))),
  erf: each<"erf">((t, { inputs: [x] }) => mul(t, mul(TWO_OVER_SQRT_PI, exp(neg(square(x!)))))),
  erfc: each<"erfc">((t, { inputs: [x] }) => mul(t, mul(-TWO_OVER_SQRT_PI, exp(neg(square(x!)))))),
  erfinv: each<"erfinv">((t, { output }) => mul(t, mul(SQRT_PI_OVER_2, exp(square(output))))),
  lgamma: each<"lgamma">((t, { inputs: [x] }) => mul(t, digamma(x!))),
  polygamma: each<"polygamma">((t, { primitive, inputs, params: { order } }) =>
    mul(t, bindOne(primitive, inputs, { order: order + 1 })),
  ),
  // d atan2(y, x) = (x dy - y dx) / (x^2 + y^2)
  atan2: each<"atan2">(
    (t, { inputs: [y, x] }) => mul(t, overSquares(x!, x!, y!)),
    (t, { inputs: [y, x] }) => mul(t, neg(overSquares(y!, x!, y!))),
  ),
  // mod(a, b) = a - b q, where q = (a - mod(a, b)) / b is a whole number
  mod: each<"mod">(
    (t) => t,
    (t, { inputs: [a, b], output }) => mul(t, round(div(sub(output, a!), b!))),
  ),
  // d log(e^a + e^b) = sigmoid(a - b) da + sigmoid(b - a) db; equal infinities share evenly
  logaddexp: each<"logaddexp">(
    (t, { inputs: [a, b] }) => mul(t, sigmoid(difference(a!, b!))),
    (t, { inputs: [a, b] }) => mul(t, sigmoid(difference(b!, a!))),
  ),
};

/** a - b, and 0 for equal infinities */
function difference(a: Tensor, b: Tensor): Tensor {
  const both = logicalAnd(equal(a, b), equal(isFinite(a), false));
  return sub(where(both, 0, a), where(both, 0, b));
}

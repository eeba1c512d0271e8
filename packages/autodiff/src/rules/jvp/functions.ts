import {
  abs,
  add,
  bindOne,
  cosh,
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
import { over, pointwise, times } from "../fusing.js";
import { each, slope, zero } from "../rule.js";

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
  asin: pointwise<"asin">(over(([x]) => cosineOf(x!))),
  acos: pointwise<"acos">(over(([x]) => neg(cosineOf(x!)))),
  atan: pointwise<"atan">(over(([x]) => add(1, square(x!)))),
  sinh: pointwise<"sinh">(times(([x]) => cosh(x!))),
  cosh: pointwise<"cosh">(times(([x]) => sinh(x!))),
  erf: pointwise<"erf">(times(([x]) => mul(TWO_OVER_SQRT_PI, exp(neg(square(x!)))))),
  erfc: pointwise<"erfc">(times(([x]) => mul(-TWO_OVER_SQRT_PI, exp(neg(square(x!)))))),
  erfinv: pointwise<"erfinv">(times((_, y) => mul(SQRT_PI_OVER_2, exp(square(y))))),
  lgamma: each<"lgamma">((t, at) => mul(t, slope(at, { order: 0 }))),
  polygamma: each<"polygamma">((t, { primitive, inputs, params: { order } }) =>
    mul(t, bindOne(primitive, inputs, { order: order + 1 })),
  ),
  // d atan2(y, x) = (x dy - y dx) / (x^2 + y^2)
  atan2: pointwise<"atan2">(
    times(([y, x]) => overSquares(x!, x!, y!)),
    times(([y, x]) => neg(overSquares(y!, x!, y!))),
  ),
  // mod(a, b) = a - b q, where q = (a - mod(a, b)) / b is a whole number
  mod: pointwise<"mod">(
    (t) => t,
    times(([a, b], y) => round(div(sub(y, a!), b!))),
  ),
  // d log(e^a + e^b) = sigmoid(a - b) da + sigmoid(b - a) db; equal infinities share evenly
  logaddexp: pointwise<"logaddexp">(
    times(([a, b]) => sigmoid(difference(a!, b!))),
    times(([a, b]) => sigmoid(difference(b!, a!))),
  ),
};

/** a - b, and 0 for equal infinities */
function difference(a: Tensor, b: Tensor): Tensor {
  const both = logicalAnd(equal(a, b), equal(isFinite(a), false));
  return sub(where(both, 0, a), where(both, 0, b));
}

import {
  add,
  bindOne,
  cos,
  div,
  equal,
  exp,
  greater,
  isFloat,
  log,
  mul,
  neg,
  reciprocal,
  sigmoid,
  sign,
  sin,
  square,
  sub,
  where,
  zerosLike,
  type Tensor,
} from "@cotangent/core-tensor";
import { elementwiseJvp } from "../jvp/elementwise.js";
import {
  bilinear,
  composed,
  constant,
  differentialEquation,
  linear,
  linearIn,
  quadrature,
  selecting,
} from "./families.js";
import { convolve, grow, integral, plus, type Coefficients, type JetRule } from "./rule.js";

const minus = (x: Tensor | null): Tensor | null => (x === null ? null : neg(x));

/** c with s: s' = c x', c' = -s x' */
function sineAndCosine(x: Coefficients, order: number): { sine: Coefficients; cosine: Coefficients } {
  const sine: [Tensor, ...(Tensor | null)[]] = [sin(x[0])];
  const cosine = grow(cos(x[0]), order, (k, c) => {
    const next = minus(integral(sine, x, k));
    sine.push(integral(c, x, k));
    return next;
  });
  return { sine, cosine };
}

/** y b = a: y_k = (a_k - sum over j = 1, ..., k of b_j y_{k-j}) / b_0 */
const quotient: JetRule<"div"> = ([a, b], { order }) => [
  grow(div(a![0], b![0]), order, (k, y) => {
    const rest = plus(a![k] ?? null, minus(convolve(b!, y, k, 1)));
    return rest === null ? null : div(rest, b![0]);
  }),
];

/** y^2 = x: y_k = (x_k - sum over j = 1, ..., k-1 of y_j y_{k-j}) / (2 y_0) */
const root: JetRule<"sqrt"> = ([x], { primitive, order }) => [
  grow(bindOne(primitive, [x![0]], {}), order, (k, y) => {
    const rest = plus(x![k] ?? null, minus(convolve(y, y, k, 1, k - 1)));
    return rest === null ? null : div(rest, mul(2, y[0]));
  }),
];

/**
 * For constant b, a y' = b y a': y_k = (1 / (k a_0)) sum over j = 1, ..., k of (j b - k + j) a_j y_{k-j}. A power with a
 * small whole exponent is a product, so that a_0 may be 0. Otherwise a^b = e^(b log a), where 0^b counts as constant in b.
 * The first coefficient is that of the derivative rule, which knows of a_0 = 0.
 */
const power: JetRule<"pow"> = ([a, b], { primitive, inputs: [x, y], order, trace }) => {
  const exponent = b![0];
  const value = bindOne(primitive, [a![0], exponent], {});
  const at = { primitive, inputs: [a![0], exponent], outputs: [value], params: {} };
  const slope = () => elementwiseJvp.pow([a![1] ?? null, b![1] ?? null], at)[0] ?? null;
  if (b!.slice(1).some((c) => c !== null)) {
    const [, , ...rest] = trace.coefficientsOf(exp(mul(y!, log(where(equal(x!, 0), 1, x!)))));
    return [[value, slope(), ...rest]];
  }
  const whole = exponent.size === 1 ? exponent.item() : NaN;
  if (whole === 0) return [[value]];
  if (Number.isInteger(whole) && whole > 0 && whole <= 64) {
    const [, ...rest] = trace.coefficientsOf(wholePower(x!, whole));
    return [[value, ...rest]];
  }
  return [
    grow(value, order, (k, ys) => {
      if (k === 1) return slope();
      let total: Tensor | null = null;
      for (let j = 1; j <= k; j++) {
        const [u, v] = [a![j] ?? null, ys[k - j] ?? null];
        if (u !== null && v !== null) total = plus(total, mul(mul(u, v), sub(mul(exponent, j), k - j)));
      }
      return total === null ? null : div(total, mul(a![0], k));
    }),
  ];
};

function wholePower(x: Tensor, n: number): Tensor {
  if (n === 1) return x;
  const half = wholePower(x, Math.floor(n / 2));
  return n % 2 === 0 ? mul(half, half) : mul(mul(half, half), x);
}

/** The larger (or smaller) operand; a tie is shared. */
const chosen = <P extends "maximum" | "minimum">(largest: boolean) =>
  selecting<P>(([a, b]) => {
    const first = largest ? greater(a!, b!) : greater(b!, a!);
    const tie = equal(a!, b!);
    return ([s, t]) => {
      const [u, v] = [s ?? zerosLike(a!), t ?? zerosLike(b!)];
      return where(tie, mul(0.5, add(u, v)), where(first, u, v));
    };
  });

const cast: JetRule<"cast"> = (series, at) =>
  isFloat(at.params.dtype) ? linear(series, at) : constant(series, at);

/** Griewank, Walther, "Evaluating Derivatives" (2008), table 13.2: one line for each elementwise primitive. */
// prettier-ignore
export const elementwiseJet = {
  neg: linear,
  abs: selecting(([x]) => ([t]) => mul(t!, sign(x!))),
  sign: constant,
  floor: constant,
  ceil: constant,
  exp: differentialEquation((y) => y, (k, y) => y[k] ?? null),
  expm1: quadrature(exp),
  log: quadrature(reciprocal),
  log1p: quadrature((x) => reciprocal(add(x, 1))),
  sqrt: root,
  square: composed<"square">((x) => mul(x, x)),
  reciprocal: composed<"reciprocal">((x) => div(1, x)),
  sin: (([x], { order }) => [sineAndCosine(x!, order).sine]) as JetRule<"sin">,
  cos: (([x], { order }) => [sineAndCosine(x!, order).cosine]) as JetRule<"cos">,
  tan: differentialEquation((y) => add(1, square(y)), (k, y) => convolve(y, y, k)),
  tanh: differentialEquation((_, x) => mul(4, mul(sigmoid(mul(2, x)), sigmoid(mul(-2, x)))), (k, y) => minus(convolve(y, y, k))),
  sigmoid: differentialEquation((y, x) => mul(y, sigmoid(neg(x))), (k, y) => plus(y[k] ?? null, minus(convolve(y, y, k)))),
  softplus: quadrature(sigmoid),
  relu: selecting(([x]) => ([t]) => where(greater(x!, 0), t!, 0)),
  isFinite: constant,
  isNaN: constant,
  logicalNot: constant,
  cast,
  stopGradient: constant,
  add: linear,
  sub: linear,
  mul: bilinear,
  div: quotient,
  pow: power,
  maximum: chosen(true),
  minimum: chosen(false),
  equal: constant,
  notEqual: constant,
  less: constant,
  lessEqual: constant,
  greater: constant,
  greaterEqual: constant,
  logicalAnd: constant,
  logicalOr: constant,
  where: linearIn(1, 2),
};

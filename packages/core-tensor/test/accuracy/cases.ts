import * as ct from "@cotangent/core-tensor";
import type { Tensor } from "@cotangent/core-tensor";
import type { Decimal } from "decimal.js";
import { around, between, sized, type Sampler } from "./points.js";
import { D, digamma, erf, erfc, erfinv, expm1, lgamma, log1p } from "./reference.js";

/** A function, its exact values, where it is tried, and the largest error allowed, in ulp. */
export interface Case {
  readonly f: (...xs: Tensor[]) => Tensor;
  readonly exact: (xs: readonly Decimal[], got: number) => Decimal;
  readonly ulp: number;
  readonly points: readonly (readonly Sampler[])[];
}

type Unary = (x: Decimal) => Decimal;

const of = (ulp: number, f: (x: Tensor) => Tensor, exact: Unary, ...points: readonly Sampler[]): Case => ({
  f: (x) => f(x),
  exact: ([x]) => exact(x!),
  ulp,
  points: points.map((sampler) => [sampler]),
});

const every = sized(-1074, 1023.9);
const positive = sized(-1074, 1023.9, "positive");
const usual = sized(-20, 10);
const roots = [-0.504083008264455, -1.57349847316239, -2.61072086844414, -10.6]; // of digamma
const gammaRoots = [
  -2.457024738220801, -2.747682646727413, -3.14358088834998, -3.955294284858598, -4.03936183974,
];
const poles = [0, -1, -2, -3, -10, -100, -170];

/** The largest errors are the measured ones, rounded up; the sweep of `check:deep` asserts them on many more points. */
export const cases: Readonly<Record<string, Case>> = {
  sqrt: of(0.5001, ct.sqrt, (x) => x.sqrt(), positive),
  rsqrt: of(1.5, ct.rsqrt, (x) => new D(1).div(x.sqrt()), positive),
  reciprocal: of(0.5001, ct.reciprocal, (x) => new D(1).div(x), every),
  exp: of(0.76, ct.exp, (x) => x.exp(), between(-746, 711), usual, between(-2, 2)),
  expm1: of(1, ct.expm1, expm1, between(-50, 711), usual, between(-2, 2), sized(-1074, -20)),
  log: of(1, ct.log, (x) => x.ln(), positive, around(1)),
  log1p: of(1, ct.log1p, log1p, positive, between(-1, 2), sized(-1074, -1)),
  sin: of(1, ct.sin, (x) => x.sin(), every, usual, between(-10, 10), around(Math.PI, 1e5 * Math.PI)),
  cos: of(1, ct.cos, (x) => x.cos(), every, usual, between(-10, 10), around(Math.PI / 2, 1e5 * Math.PI)),
  tan: of(
    1,
    ct.tan,
    (x) => x.sin().div(x.cos()),
    every,
    usual,
    between(-10, 10),
    around(Math.PI / 2, Math.PI),
  ),
  asin: of(1, ct.asin, (x) => x.asin(), between(-1, 1), sized(-1000, 0)),
  acos: of(1, ct.acos, (x) => x.acos(), between(-1, 1), sized(-100, 0)),
  atan: of(1, ct.atan, (x) => x.atan(), between(-3, 3), sized(-300, 300)),
  sinh: of(
    2,
    ct.sinh,
    (x) => expm1(x).minus(expm1(x.neg())).div(2),
    between(-711, 711),
    between(-3, 3),
    sized(-1000, 8),
  ),
  cosh: of(1.5, ct.cosh, (x) => x.exp().plus(x.neg().exp()).div(2), between(-711, 711), between(-3, 3)),
  tanh: of(
    1.5,
    ct.tanh,
    (x) => expm1(x.times(2)).div(expm1(x.times(2)).plus(2)),
    between(-20, 20),
    between(-1, 1),
    sized(-1000, 4),
  ),
  sigmoid: of(2, ct.sigmoid, (x) => new D(1).div(x.neg().exp().plus(1)), between(-746, 40), between(-5, 5)),
  softplus: of(2, ct.softplus, (x) => log1p(x.exp()), between(-746, 40), between(-5, 5)),
  erf: of(2, ct.erf, erf, between(-6, 6), between(-1.1, 1.1), sized(-1074, 2)),
  erfc: of(4, ct.erfc, erfc, between(-6, 27.5), between(0, 3), sized(-100, 3)),
  erfinv: {
    f: (x) => ct.erfinv(x),
    exact: ([x], got) => erfinv(x!, got),
    ulp: 3,
    points: [
      [between(-1, 1)],
      [(random) => 1 - 2 ** (-53 * random())],
      [(random) => 2 ** (-52 * random()) - 1],
      [sized(-1000, -1)],
    ],
  },
  lgamma: of(
    3,
    ct.lgamma,
    lgamma,
    positive,
    between(0.4, 10),
    between(-180, 0),
    around(1, 2),
    around(...gammaRoots),
    around(...poles),
  ),
  digamma: of(
    3,
    ct.digamma,
    digamma,
    positive,
    between(0, 12),
    between(-60, 0),
    around(1.461632144968362),
    around(...roots),
    around(...poles),
    sized(0, 30),
  ),
  pow: {
    f: (a, b) => ct.pow(a, b),
    exact: ([a, b]) => a!.pow(b!),
    ulp: 1,
    points: [
      [between(0, 100), between(-100, 100)],
      [around(1), sized(0, 30.9)],
      [positive, between(-1, 1)],
    ],
  },
  atan2: {
    f: (y, x) => ct.atan2(y, x),
    exact: ([y, x]) => D.atan2(y!, x!),
    ulp: 1.5,
    points: [
      [between(-3, 3), between(-3, 3)],
      [usual, usual],
    ],
  },
  mod: {
    f: (a, b) => ct.mod(a, b),
    exact: ([a, b]) => a!.minus(b!.times(a!.div(b!).floor())),
    ulp: 0.5001,
    points: [[sized(-40, 80), sized(-20, 20)]],
  },
};

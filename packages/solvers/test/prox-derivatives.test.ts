import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { abs, add, eye, linalg, mul, ones, sub, tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { grad, jacobian, jvp } from "@cotangent/autodiff";
import { objective, prox } from "@cotangent/solvers";
import {
  DRAWS,
  arbPositive,
  arbVector,
  expectDerivatives,
  expectNear,
  type Map,
  type Piece,
} from "./derivative-laws.js";
import { fixtures } from "./fixtures.js";

const seed = fc.integer();
const twoVectors = fc.integer({ min: 1, max: 6 }).chain((n) => fc.tuple(arbVector(n), arbVector(n)));
const signs = (p: Tensor): string => String(p.sign());

describe("derivatives in every argument, forwards, backwards and second order", () => {
  const scaled = fc.tuple(twoVectors, arbPositive(), arbPositive(), seed);
  const weights = (y: Tensor): Tensor => add(abs(y), 0.1);
  test("lasso", () => {
    fc.assert(
      fc.property(scaled, ([[x, y], scaling, , s]) => {
        const f: Map = (z, hyper, step) => prox.lasso(z, hyper, step);
        expectDerivatives(f, [x, weights(y), tensor(scaling)], s, (...xs) => signs(f(...xs)));
      }),
      DRAWS,
    );
  });
  test("elasticNet", () => {
    fc.assert(
      fc.property(scaled, ([[x, y], scaling, gamma, s]) => {
        const f: Map = (z, l, g, step) => prox.elasticNet(z, [l, g], step);
        expectDerivatives(f, [x, weights(y), tensor(gamma), tensor(scaling)], s, (...xs) => signs(f(...xs)));
      }),
      DRAWS,
    );
  });
  test("ridge", () => {
    fc.assert(
      fc.property(scaled, ([[x, y], scaling, , s]) => {
        const f: Map = (z, hyper, step) => prox.ridge(z, hyper, step);
        expectDerivatives(f, [x, weights(y), tensor(scaling)], s);
      }),
      DRAWS,
    );
  });
  test("groupLasso", () => {
    fc.assert(
      fc.property(scaled, ([[x], scaling, weight, s]) => {
        const f: Map = (z, hyper, step) => prox.groupLasso(z, hyper, step);
        // The curvature grows without bound towards x = 0, where a fixed step is no longer small.
        fc.pre(x.norm().item() > 0.2);
        const piece: Piece = (...xs) => signs(f(...xs).norm());
        expectDerivatives(f, [x, tensor(0.1 + weight * 0.3), tensor(scaling)], s, piece);
      }),
      DRAWS,
    );
  });
  test("none", () => {
    fc.assert(
      fc.property(twoVectors, seed, ([x], s) => expectDerivatives((z) => prox.none(z), [x], s)),
      DRAWS,
    );
  });
});

describe("kinks and special points", () => {
  const slope = (f: (x: Tensor, t: Tensor) => Tensor, x: Tensor, t: number) => [
    jvp(f, [x, t], [ones(x.shape), 0]).tangent.toArray(),
    jvp(f, [x, t], [zeros(x.shape), 1]).tangent.toArray(),
  ];
  test("on the threshold the derivative is that of the zero piece", () => {
    expect(slope((x, t) => prox.lasso(x, t), tensor([2, -2]), 2)).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(slope((x, t) => prox.groupLasso(x, t), tensor([3, 4]), 5)).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
  test("with weight 0 the prox is the identity, and so is its derivative, at 0 too", () => {
    for (const map of [prox.lasso, prox.groupLasso] as const) {
      const [value, inX] = [map(tensor([0, 0]), 0), slope((x, t) => map(x, t), tensor([0, 0]), 0)[0]];
      expect(value.toArray()).toEqual([0, 0]);
      expect(inX).toEqual([1, 1]);
    }
  });
  test("at x = 0 with a positive weight every derivative to third order is 0, not NaN", () => {
    let f = (x: Tensor) => prox.groupLasso(x, 1).sum();
    for (let order = 1; order <= 3; order++) {
      const gradient = grad(f);
      expect(gradient(tensor([0, 0])).toArray()).toEqual([0, 0]);
      expect(gradient(tensor([1e-300, 0])).toArray()).toEqual([0, 0]);
      f = (x: Tensor) => gradient(x).sum();
    }
  });
  test("NaN stays NaN", () => {
    expect(prox.lasso(tensor([NaN, 1]), 1).toArray()).toEqual([NaN, 0]);
    expect(prox.elasticNet(tensor([NaN, 1]), [1, 1]).toArray()).toEqual([NaN, 0]);
    expect(prox.groupLasso(tensor([NaN, 1]), 1).toArray()).toEqual([NaN, NaN]);
  });
});

describe("against reference solutions and derivatives", () => {
  const data = [tensor(fixtures.regression_10x3.X), tensor(fixtures.regression_10x3.y)] as const;
  const step = 0.01;
  const forward = (w: Tensor) => sub(w, mul(step, grad((v: Tensor) => objective.leastSquares(v, data))(w)));
  /** w = T(w, θ) gives dw/dθ = (I - ∂T/∂w)⁻¹ ∂T/∂θ. */
  const expectSolution = (
    map: (w: Tensor, theta: Tensor) => Tensor,
    w: Tensor,
    theta: number,
    dw: number[],
  ) => {
    expectNear(map(w, tensor(theta)), w, 1e-10);
    const [inW, inTheta] = jacobian(map, { argnums: [0, 1] })(w, theta);
    expectNear(linalg.solve(sub(eye(3), inW), inTheta), dw, 1e-8);
  };
  test("lasso, with and without a zero", () => {
    for (const { lam, w, dw_dlam } of [fixtures.lasso_lam10, fixtures.lasso_lam60]) {
      expectSolution((v, l) => prox.lasso(forward(v), l, step), tensor(w), lam, dw_dlam);
    }
  });
  test("elastic net, in both weights", () => {
    const { w, dw_dlam, dw_dgam } = fixtures["enet_2_0.8"];
    expectSolution((v, l) => prox.elasticNet(forward(v), [l, 0.8], step), tensor(w), 2, dw_dlam);
    expectSolution((v, g) => prox.elasticNet(forward(v), [2, g], step), tensor(w), 0.8, dw_dgam);
  });
  test("ridge", () => {
    const { lam, w, dw_dlam } = fixtures.ridge_mean_lam5;
    expectSolution((v, l) => prox.ridge(forward(v), l, step), tensor(w), lam, dw_dlam);
  });
});

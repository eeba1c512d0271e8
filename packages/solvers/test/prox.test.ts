import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  abs, add, eye, linalg, mul, ones, ShapeError, sub, tensor, ValueError, zeros, type Tensor,
} from "@cotangent/core-tensor";
import { grad, jacobian, jvp, tree, TreeError } from "@cotangent/autodiff";
import { objective, projection, prox } from "@cotangent/solvers";
import { arbPositive, arbVector, expectDerivatives, expectNear } from "./derivative-laws.js";
import { fixtures } from "./fixtures.js";

const seed = fc.integer();
const twoVectors = fc.integer({ min: 1, max: 6 }).chain((n) => fc.tuple(arbVector(n), arbVector(n)));
const signs = (p: Tensor): string => String(p.sign());

describe("the prox is the minimiser", () => {
  test("lasso: x - p is scaling · hyper times a subgradient of |p|", () => {
    fc.assert(
      fc.property(twoVectors, arbPositive(), ([x, y], scaling) => {
        const p = prox.lasso(x, abs(y), scaling);
        const residual = sub(x, p).toTypedArray();
        const bound = mul(scaling, abs(y)).toTypedArray();
        p.toTypedArray().forEach((value, i) => {
          if (value === 0) expect(Math.abs(residual[i]!)).toBeLessThanOrEqual(bound[i]!);
          else expect(Math.abs(residual[i]! - Math.sign(value) * bound[i]!)).toBeLessThan(1e-14);
        });
      }),
    );
  });
  test("lasso: Moreau, x = prox(x) + the projection onto the dual ball", () => {
    fc.assert(
      fc.property(twoVectors, arbPositive(), ([x], weight) => {
        expectNear(add(prox.lasso(x, weight), projection.box(x, [-weight, weight])), x, 1e-14);
      }),
    );
  });
  test("groupLasso: Moreau, x = prox(x) + the projection onto the l2 ball", () => {
    fc.assert(
      fc.property(twoVectors, arbPositive(), arbPositive(), ([x], weight, scaling) => {
        expectNear(add(prox.groupLasso(x, weight, scaling), projection.l2Ball(x, weight * scaling)), x, 1e-14);
      }),
    );
  });
  test("elasticNet is ridge after lasso", () => {
    fc.assert(
      fc.property(twoVectors, arbPositive(), arbPositive(), arbPositive(), ([x], lambda, gamma, scaling) => {
        const composed = prox.ridge(prox.lasso(x, lambda, scaling), lambda * gamma, scaling);
        expectNear(prox.elasticNet(x, [lambda, gamma], scaling), composed, 1e-14);
      }),
    );
  });
  test("ridge: x - p = scaling · hyper ∘ p", () => {
    fc.assert(
      fc.property(twoVectors, arbPositive(), ([x, y], scaling) => {
        const p = prox.ridge(x, abs(y), scaling);
        expect(sub(sub(x, p), mul(scaling, abs(y)).mul(p)).norm().item()).toBeLessThan(1e-14);
      }),
    );
  });
  test("none is the identity, and fromProjection ignores the scaling", () => {
    fc.assert(
      fc.property(twoVectors, arbPositive(), ([x], scaling) => {
        expect(prox.none(x, 7, scaling).toArray()).toEqual(x.toArray());
        const onBall = prox.fromProjection(projection.l1Ball);
        expect(onBall(x, 0.5, scaling).toArray()).toEqual(projection.l1Ball(x, 0.5).toArray());
      }),
    );
  });
  test("all are nonexpansive", () => {
    fc.assert(
      fc.property(twoVectors, arbPositive(), ([x, y], weight) => {
        const maps = [
          (z: Tensor) => prox.lasso(z, weight),
          (z: Tensor) => prox.elasticNet(z, [weight, 0.5]),
          (z: Tensor) => prox.groupLasso(z, weight),
          (z: Tensor) => prox.ridge(z, weight),
        ];
        for (const map of maps) {
          expect(sub(map(x), map(y)).norm().item()).toBeLessThanOrEqual(sub(x, y).norm().item() + 1e-14);
        }
      }),
    );
  });
  test("groupLasso keeps its digits near the threshold and at extreme scales", () => {
    // ‖x‖ - t = 2^-40 exactly, so p = 2^-40 x / ‖x‖.
    const x = tensor([0, 1 + 2 ** -40]);
    expectNear(prox.groupLasso(x, 1), [0, 2 ** -40], 1e-15);
    expectNear(prox.groupLasso(tensor([3e200, 4e200]), 2.5e200), [1.5e200, 2e200], 1e-15);
    expectNear(prox.groupLasso(tensor([3e-200, 4e-200]), 2.5e-200), [1.5e-200, 2e-200], 1e-15);
  });
});

describe("derivatives in every argument, forwards, backwards and second order", () => {
  const scaled = fc.tuple(twoVectors, arbPositive(), arbPositive(), seed);
  const weights = (y: Tensor): Tensor => add(abs(y), 0.1);
  test("lasso", () => {
    fc.assert(
      fc.property(scaled, ([[x, y], scaling, , s]) => {
        const f = (z: Tensor, hyper: Tensor, step: Tensor) => prox.lasso(z, hyper, step);
        expectDerivatives(f, [x, weights(y), tensor(scaling)], s, (...xs) => signs(f(...xs)));
      }),
    );
  });
  test("elasticNet", () => {
    fc.assert(
      fc.property(scaled, ([[x, y], scaling, gamma, s]) => {
        const f = (z: Tensor, l: Tensor, g: Tensor, step: Tensor) => prox.elasticNet(z, [l, g], step);
        const at = [x, weights(y), tensor(gamma), tensor(scaling)] as const;
        expectDerivatives(f, at, s, (...xs) => signs(f(...xs)));
      }),
    );
  });
  test("ridge", () => {
    fc.assert(
      fc.property(scaled, ([[x, y], scaling, , s]) => {
        expectDerivatives(
          (z: Tensor, hyper: Tensor, step: Tensor) => prox.ridge(z, hyper, step),
          [x, weights(y), tensor(scaling)],
          s,
        );
      }),
    );
  });
  test("groupLasso", () => {
    fc.assert(
      fc.property(scaled, ([[x], scaling, weight, s]) => {
        const f = (z: Tensor, hyper: Tensor, step: Tensor) => prox.groupLasso(z, hyper, step);
        // The curvature grows without bound towards x = 0, where a fixed step is no longer small.
        fc.pre(x.norm().item() > 0.2);
        const piece = (...xs: [Tensor, Tensor, Tensor]) => String(f(...xs).norm().sign());
        expectDerivatives(f, [x, tensor(weight * 0.3), tensor(scaling)], s, piece);
      }),
    );
  });
  test("none", () => {
    fc.assert(fc.property(twoVectors, seed, ([x], s) => expectDerivatives((z: Tensor) => prox.none(z), [x], s)));
  });
});

describe("kinks and special points", () => {
  const slope = (f: (x: Tensor, t: Tensor) => Tensor, x: Tensor, t: number) => [
    jvp(f, [x, t], [ones(x.shape), 0]).tangent.toArray(),
    jvp(f, [x, t], [zeros(x.shape), 1]).tangent.toArray(),
  ];
  test("on the threshold the derivative is that of the zero piece", () => {
    expect(slope((x, t) => prox.lasso(x, t), tensor([2, -2]), 2)).toEqual([[0, 0], [0, 0]]);
    expect(slope((x, t) => prox.groupLasso(x, t), tensor([3, 4]), 5)).toEqual([[0, 0], [0, 0]]);
  });
  test("with weight 0 the prox is the identity, and so is its derivative, at 0 too", () => {
    for (const map of [prox.lasso, prox.groupLasso] as const) {
      const [value, inX] = [map(tensor([0, 0]), 0), slope((x, t) => map(x, t), tensor([0, 0]), 0)[0]];
      expect(value.toArray()).toEqual([0, 0]);
      expect(inX).toEqual([1, 1]);
    }
  });
  test("at x = 0 with a positive weight every derivative is 0, not NaN", () => {
    const f = (x: Tensor, t: Tensor) => prox.groupLasso(x, t).sum();
    expect(grad(grad((x: Tensor) => f(x, tensor(1))) as never as (x: Tensor) => Tensor).length).toBe(0);
  });
  test("NaN stays NaN", () => {
    expect(prox.lasso(tensor([NaN, 1]), 1).toArray()).toEqual([NaN, 0]);
    expect(prox.elasticNet(tensor([NaN, 1]), [1, 1]).toArray()).toEqual([NaN, 0]);
    expect(prox.groupLasso(tensor([NaN, 1]), 1).toArray()).toEqual([NaN, NaN]);
  });
});

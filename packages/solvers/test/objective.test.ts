import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  linalg,
  norm,
  ones,
  reshape,
  ShapeError,
  tensor,
  ValueError,
  zeros,
  type Tensor,
} from "@cotangent/core-tensor";
import { grad, jacobian, vjp } from "@cotangent/autodiff";
import { objective } from "@cotangent/solvers";
import {
  DRAWS,
  arbVector,
  expectDerivatives,
  expectNear,
  expectWithin,
  type Map,
} from "./derivative-laws.js";
import { fixtures } from "./fixtures.js";

const seed = fc.integer();
const drawn = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 })).chain(([n, d]) =>
  fc.tuple(
    arbVector(n * d).map((x) => x.reshape([n, d])),
    arbVector(n),
    arbVector(d),
    arbVector(d),
  ),
);

describe("values and derivatives in every argument", () => {
  test("leastSquares is 1/2 mean((X w - y)²)", () => {
    const f: Map = (w, X, y) => objective.leastSquares(w, [X, y]);
    fc.assert(
      fc.property(drawn, seed, ([X, y, w], s) => {
        expectNear(f(w, X, y), X.matmul(w).sub(y).square().mean().mul(0.5), 1e-15);
        expectDerivatives(f, [w, X, y], s);
      }),
      DRAWS,
    );
  });
  test("ridgeRegression adds 1/2 Σ l2reg ∘ w², with one weight or several", () => {
    const f: Map = (w, l2reg, X, y) => objective.ridgeRegression(w, l2reg, [X, y]);
    fc.assert(
      fc.property(drawn, seed, ([X, y, w, l2reg], s) => {
        const want = objective.leastSquares(w, [X, y]).add(l2reg.mul(w).vdot(w).mul(0.5));
        expectWithin(f(w, l2reg, X, y), want, 1e-13);
        expectDerivatives(f, [w, l2reg, X, y], s);
        expectDerivatives(f, [w, tensor(0.7), X, y], s);
      }),
      DRAWS,
    );
  });
  test("binaryLogreg and l2BinaryLogreg", () => {
    const f: Map = (w, l2reg, X, y) => objective.l2BinaryLogreg(w, l2reg, [X, y]);
    fc.assert(
      fc.property(drawn, seed, ([X, a, w], s) => {
        const y = a.sigmoid().mul(0.9).add(0.05);
        const z = X.matmul(w);
        const want = z.softplus().sub(y.mul(z)).mean();
        expectWithin(objective.binaryLogreg(w, [X, y]), want, 1e-13);
        expectWithin(f(w, tensor(3), X, y), want.add(w.vdot(w).mul(1.5)), 1e-13);
        expectDerivatives(f, [w, tensor(0.7), X, y], s);
      }),
      DRAWS,
    );
  });
  test("multiclassLogreg and l2MulticlassLogreg", () => {
    fc.assert(
      fc.property(drawn, seed, ([X, a, w, v], s) => {
        const y = a.greater(0).astype("int32");
        const W = w.outer(tensor([1, -1, 0])).add(v.outer(tensor([0, 1, 2])));
        const f: Map = (P, l2reg, data) => objective.l2MulticlassLogreg(P, l2reg, [data, y]);
        const plain = objective.multiclassLogreg(W, [X, y]);
        expectWithin(f(W, tensor(3), X), plain.add(W.vdot(W).mul(1.5)), 1e-12);
        expectDerivatives(f, [W, tensor(0.7), X], s);
      }),
      DRAWS,
    );
  });
});

describe("refusals", () => {
  const X = ones([3, 2]);
  test("shapes that do not fit", () => {
    expect(() => objective.leastSquares(ones([3]), [X, ones([3])])).toThrow(ShapeError);
    expect(() => objective.leastSquares(ones([2]), [X, ones([3, 1])])).toThrow(ShapeError);
    expect(() => objective.leastSquares(ones([2]), [X, 1])).toThrow(ShapeError);
    expect(() => objective.leastSquares(ones([2]), [ones([2]), 1])).toThrow(ShapeError);
    expect(() => objective.leastSquares(ones([2]), [zeros([0, 2]), zeros([0])])).toThrow("no samples");
    expect(() => objective.leastSquares(ones([2]), X as never)).toThrow(ValueError);
    expect(() => objective.ridgeRegression(ones([2]), [1, 2, 3], [X, ones([3])])).toThrow(ShapeError);
    expect(() => objective.multiclassLogreg(ones([2]), [X, zeros([3])])).toThrow(ShapeError);
    expect(() => objective.binaryLogreg(ones([2]), [X, tensor([0, 1, 2])])).toThrow(ValueError);
  });
});

describe("against reference solutions and derivatives", () => {
  const data = (d: { readonly X: number[][]; readonly y: number[] }) => [tensor(d.X), tensor(d.y)] as const;
  /** ∇f(w, λ) = 0 gives dw/dλ = -(∇²f)⁻¹ ∂∇f/∂λ. */
  const implicitSlope = (f: (w: Tensor, lambda: Tensor) => Tensor, w: Tensor, lambda: number): Tensor => {
    const gradient = (v: Tensor, l: Tensor) => grad((u: Tensor) => f(reshape(u, w.shape), l))(v);
    const flat = w.ravel();
    expect(norm(gradient(flat, tensor(lambda))).item()).toBeLessThan(1e-10 * (1 + norm(w).item()));
    const [H, mixed] = jacobian(gradient, { argnums: [0, 1] })(flat, lambda);
    return linalg.solve(H, mixed).neg().reshape(w.shape);
  };
  test("ridge regression, with the pullback to λ, X and y", () => {
    const { lam, w, dw_dlam, cotangent, vjp_lam, vjp_X, vjp_y } = fixtures.ridge_mean_lam5;
    const [X, y] = data(fixtures.regression_10x3);
    expectNear(
      implicitSlope((v, l) => objective.ridgeRegression(v, l, [X, y]), tensor(w), lam),
      dw_dlam,
      1e-8,
    );
    const gradient = (v: Tensor, l: Tensor, A: Tensor, b: Tensor) =>
      grad((u: Tensor) => objective.ridgeRegression(u, l, [A, b]))(v);
    const H = jacobian(gradient)(tensor(w), tensor(lam), X, y);
    const multiplier = linalg.solve(H, cotangent).neg();
    const [, gl, gX, gy] = vjp(gradient, tensor(w), lam, X, y).pullback(multiplier);
    expectNear(gl, vjp_lam, 1e-8);
    expectNear(gX, vjp_X, 1e-8);
    expectNear(gy, vjp_y, 1e-8);
  });
  test("binary logistic regression", () => {
    const { lam, w, dw_dlam } = fixtures["binlogreg_l2_1e-2"];
    const samples = data(fixtures.classif_20x5x2);
    expectNear(
      implicitSlope((v, l) => objective.l2BinaryLogreg(v, l, samples), tensor(w), lam),
      dw_dlam,
      1e-8,
    );
  });
  test("multinomial logistic regression", () => {
    const { lam, W, dW_dlam } = fixtures["multilogreg_l2_1e-2"];
    const samples = data(fixtures.classif_20x5x3);
    expectNear(
      implicitSlope((v, l) => objective.l2MulticlassLogreg(v, l, samples), tensor(W), lam),
      dW_dlam,
      1e-8,
    );
  });
});

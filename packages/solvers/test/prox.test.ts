import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { abs, add, mul, ShapeError, sub, tensor, ValueError, type Tensor } from "@cotangent/core-tensor";
import { grad, tree, TreeError } from "@cotangent/autodiff";
import { projection, prox } from "@cotangent/solvers";
import { arbPositive, arbVector, expectNear } from "./derivative-laws.js";

const twoVectors = fc.integer({ min: 1, max: 6 }).chain((n) => fc.tuple(arbVector(n), arbVector(n)));

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
        expectNear(
          add(prox.groupLasso(x, weight, scaling), projection.l2Ball(x, weight * scaling)),
          x,
          1e-14,
        );
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
        expect(
          sub(sub(x, p), mul(scaling, abs(y)).mul(p))
            .norm()
            .item(),
        ).toBeLessThan(1e-14);
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

describe("trees, parameters and refusals", () => {
  const x = { a: tensor([3, -1]), b: [tensor(2), tensor([[0.5, -4]])] as const };
  test("one number, one tensor, or a tree like x", () => {
    const one = prox.lasso(x, 1);
    expect(one.a.toArray()).toEqual([2, 0]);
    expect(one.b[1].toArray()).toEqual([[0, -3]]);
    const each = prox.lasso(x, { a: tensor([1, 0]), b: [3, tensor([[0.5, 1]])] });
    expect(each.a.toArray()).toEqual([2, -1]);
    expect(each.b[0].toArray()).toBe(0);
    expect(prox.lasso(tensor([3, -1]), [1, 0.5]).toArray()).toEqual([2, -0.5]);
  });
  test("groupLasso takes the whole tree as one group, as it takes the raveled vector", () => {
    const { vector, unravel } = tree.ravel(x);
    const want = unravel(prox.groupLasso(vector, 2));
    const got = prox.groupLasso(x, 2);
    tree.leaves(got).forEach((leaf, i) => expectNear(leaf, tree.leaves(want)[i]!, 1e-15));
  });
  test("the gradient in a tree of weights is a tree", () => {
    const g = grad((w: { a: Tensor; b: readonly [Tensor, Tensor] }) =>
      tree.leaves(prox.lasso(x, w))[0]!.sum(),
    )({
      a: tensor([1, 0]),
      b: [3, tensor([[0.5, 1]])],
    });
    expect(g.a.toArray()).toEqual([-1, 1]);
    expect(g.b[1].toArray()).toEqual([[0, 0]]);
  });
  test("float32 stays float32", () => {
    const y = tensor([3, -1], { dtype: "float32" });
    for (const p of [
      prox.lasso(y, 0.5),
      prox.elasticNet(y, [0.5, 1], 2),
      prox.groupLasso(y, 1),
      prox.ridge(y, 1),
    ]) {
      expect(p.dtype).toBe("float32");
    }
  });
  test("sizes 0", () => {
    const none = tensor([]);
    for (const p of [
      prox.lasso(none, 1),
      prox.elasticNet(none),
      prox.groupLasso(none, 1),
      prox.ridge(none),
    ]) {
      expect(p.shape).toEqual([0]);
    }
  });
  test("weights and scalings that are no weights", () => {
    const y = tensor([1, 2]);
    for (const bad of [-1, NaN, Infinity]) {
      expect(() => prox.lasso(y, bad)).toThrow(ValueError);
      expect(() => prox.lasso(y, 1, bad)).toThrow(ValueError);
      expect(() => prox.ridge(y, [1, bad])).toThrow(ValueError);
      expect(() => prox.groupLasso(y, bad)).toThrow(ValueError);
      expect(() => prox.elasticNet(y, [1, bad])).toThrow(ValueError);
    }
    expect(() => prox.lasso(y, [1, -2])).toThrow(
      "prox.lasso: the weight must be finite and not negative, got -2 at element 1 of shape [2]",
    );
  });
  test("weights and scalings that do not fit", () => {
    const y = tensor([1, 2]);
    expect(() => prox.lasso(y, tensor([1, 2, 3]))).toThrow(ShapeError);
    expect(() => prox.lasso(y, tensor([[1, 2]]))).toThrow(ShapeError);
    expect(() => prox.lasso(y, 1, tensor([1, 2]))).toThrow(ShapeError);
    expect(() => prox.groupLasso(y, tensor([1, 2]))).toThrow(ShapeError);
    expect(() => prox.lasso<unknown>(y, { a: 1 })).toThrow(TreeError);
    expect(() => prox.lasso<unknown>(x, { a: 1 })).toThrow(TreeError);
    expect(() => prox.elasticNet(y, tensor([1, 2]) as never)).toThrow(ValueError);
  });
});

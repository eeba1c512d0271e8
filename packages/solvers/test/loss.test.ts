import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  mul,
  oneHot,
  ShapeError,
  softmax,
  sub,
  tensor,
  ValueError,
  type Tensor,
} from "@cotangent/core-tensor";
import { grad } from "@cotangent/autodiff";
import { loss } from "@cotangent/solvers";
import {
  DRAWS,
  arbVector,
  expectDerivatives,
  expectNear,
  expectWithin,
  type Map,
} from "./derivative-laws.js";

const seed = fc.integer();
const sized = fc.integer({ min: 1, max: 6 }).chain((n) => fc.tuple(arbVector(n, 9), arbVector(n, 9)));

describe("binaryLogistic", () => {
  test("is softplus(z) - y z, for labels 0, 1 and between", () => {
    fc.assert(
      fc.property(sized, ([a, z]) => {
        const y = a.sigmoid();
        expectWithin(loss.binaryLogistic(y, z), sub(z.softplus(), mul(y, z)), 1e-14);
        expectNear(loss.binaryLogistic(1, z), z.neg().softplus(), 1e-15);
        expectNear(loss.binaryLogistic(0, z), z.softplus(), 1e-15);
      }),
    );
  });
  test("keeps the digits of losses near 0, and does not overflow", () => {
    // log(1 + e^-z) = e^-z - e^-2z / 2 + ..., and z itself on the wrong side.
    expectNear(loss.binaryLogistic(tensor([1, 0]), tensor([50, -50])), [Math.exp(-50), Math.exp(-50)], 1e-15);
    expect(loss.binaryLogistic(tensor([0, 1]), tensor([1000, -1000])).toArray()).toEqual([1000, 1000]);
    const slope = grad((z: Tensor) => loss.binaryLogistic(tensor([1, 0]), z).sum())(tensor([50, -50]));
    expectNear(slope, [-Math.exp(-50), Math.exp(-50)], 1e-15);
  });
  test("derivatives in label and logit", () => {
    const f: Map = (y, z) => loss.binaryLogistic(y, z);
    fc.assert(
      fc.property(sized, seed, ([a, z], s) => {
        expectDerivatives(f, [a.sigmoid().mul(0.9).add(0.05), z], s);
      }),
      DRAWS,
    );
  });
  test("is smooth at z = 0, where two pieces of its formula meet", () => {
    // σ - y, σ' = 1/4, σ'' = 0 at 0
    let f = (z: Tensor) => loss.binaryLogistic(0.3, z);
    for (const want of [0.2, 0.25, 0]) {
      f = grad(f);
      expectWithin(f(tensor(0)), want, 1e-16);
    }
  });
  test("labels -1 and 1, NaN, and shapes that would broadcast, are refused", () => {
    expect(() => loss.binaryLogistic(tensor([-1, 1]), tensor([0, 0]))).toThrow("(y + 1) / 2");
    expect(() => loss.binaryLogistic(NaN, 0)).toThrow(ValueError);
    expect(() => loss.binaryLogistic(tensor([0, 1]), tensor([[0], [1]]))).toThrow(ShapeError);
  });
  test("labels of dtype bool and int32", () => {
    const z = tensor([0.3, -2]);
    const want = loss.binaryLogistic(tensor([1, 0]), z).toArray();
    expect(loss.binaryLogistic(tensor([true, false]), z).toArray()).toEqual(want);
    expect(loss.binaryLogistic(tensor([1, 0], { dtype: "int32" }), z).toArray()).toEqual(want);
  });
});

describe("multiclassLogistic", () => {
  const drawn = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 5 })).chain(([n, k]) =>
    fc.tuple(
      fc.array(fc.integer({ min: 0, max: k - 1 }), { minLength: n, maxLength: n }).map((y) => tensor(y)),
      arbVector(n * k, 9).map((z) => z.reshape([n, k])),
    ),
  );
  test("is logsumexp(z) - <z, onehot(y)>, and its gradient softmax(z) - onehot(y)", () => {
    fc.assert(
      fc.property(drawn, ([y, z]) => {
        const hot = oneHot(y.astype("int32"), z.shape[1]!);
        const want = sub(z.logsumexp({ axis: -1 }), mul(z, hot).sum({ axis: -1 }));
        expectWithin(loss.multiclassLogistic(y, z), want, 1e-13);
        const slope = grad((x: Tensor) => loss.multiclassLogistic(y, x).sum())(z);
        expect(
          sub(slope, sub(softmax(z), hot))
            .abs()
            .max()
            .item(),
        ).toBeLessThan(1e-14);
      }),
    );
  });
  test("with two classes it is the binary loss of the difference of the logits", () => {
    fc.assert(
      fc.property(sized, ([a, b]) => {
        const y = a.greater(0);
        const logits = [b, a].map((x) => x.reshape([x.size, 1]));
        const z = logits[0]!.mul([[1, 0]]).add(logits[1]!.mul([[0, 1]]));
        const got = loss.multiclassLogistic(y.astype("int32"), z);
        expectNear(got, loss.binaryLogistic(y, sub(a, b)), 1e-15);
      }),
    );
  });
  test("keeps the digits of losses near 0, and does not overflow", () => {
    expectNear(loss.multiclassLogistic(tensor([1]), tensor([[0, 50, 0]])), [2 * Math.exp(-50)], 1e-14);
    expect(loss.multiclassLogistic(tensor([0]), tensor([[0, 1000, 1000]])).item()).toBeCloseTo(
      1000 + Math.log(2),
      10,
    );
    expect(loss.multiclassLogistic(0, tensor([1000, 0])).item()).toBe(0);
  });
  test("derivatives in the logits", () => {
    fc.assert(
      fc.property(drawn, seed, ([y, z], s) => {
        expectDerivatives((x) => loss.multiclassLogistic(y, x), [z], s);
      }),
      DRAWS,
    );
  });
  test("labels that are no classes, and shapes that do not fit, are refused", () => {
    const z = tensor([[1, 2, 3]]);
    for (const label of [3, -1, 0.5, NaN])
      expect(() => loss.multiclassLogistic([label], z)).toThrow(ValueError);
    expect(() => loss.multiclassLogistic([0, 1], z)).toThrow(ShapeError);
    expect(() => loss.multiclassLogistic(0, z)).toThrow(ShapeError);
    expect(() => loss.multiclassLogistic([0], tensor([[1]]))).toThrow("two classes or more");
    expect(() => loss.multiclassLogistic(0, 1)).toThrow(ShapeError);
  });
});

describe("leastSquares", () => {
  test("is half the square, differentiable in both", () => {
    const f: Map = (y, z) => loss.leastSquares(y, z);
    fc.assert(
      fc.property(sized, seed, ([y, z], s) => {
        expect(f(y, z).toArray()).toEqual(sub(z, y).square().mul(0.5).toArray());
        expectDerivatives(f, [y, z], s);
      }),
      DRAWS,
    );
    expect(() => f(tensor([1, 2]), tensor([[1], [2]]))).toThrow(ShapeError);
  });
});

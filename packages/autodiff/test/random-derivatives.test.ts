import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { random, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, hvp, jacobian, jvp, NotDifferentiableError } from "@cotangent/autodiff";
import { arbShape, arbTensor, checkDerivatives } from "@cotangent/autodiff/testing";
import { positive, real } from "./arb-cases.js";

const list = (x: Tensor) => Array.from(x.toTypedArray());
const key = random.key(11);
const shape = [3, 2];
const pairs = arbShape({ maxRank: 1 }).map(() => [2]);
const reals = pairs.chain((s) => arbTensor({ shape: s, elements: real }));
const positives = pairs.chain((s) => arbTensor({ shape: s, elements: positive }));

describe("samples differentiate in their parameters, to second order", () => {
  test.each<[string, (x: Tensor, y: Tensor) => Tensor]>([
    ["uniform", (x, y) => random.uniform(key, { shape, minval: x, maxval: x.add(y).add(1) })],
    ["normal", (loc, scale) => random.normal(key, { shape, loc, scale })],
    ["exponential", (_, scale) => random.exponential(key, { shape, scale })],
    ["gumbel", (loc, scale) => random.gumbel(key, { shape, loc, scale })],
    ["truncatedNormal", (x, y) => random.truncatedNormal(key, x, x.add(y).add(0.5), shape)],
    ["permutation", (x, y) => random.permutation(key, x.mul(y).square())],
    ["choice", (x, y) => random.choice(key, x.mul(y).square(), shape)],
  ])("%s", (_, f) => {
    fc.assert(
      fc.property(reals, positives, (x, y) => checkDerivatives(f, [x, y])),
      { numRuns: 8 },
    );
  });
});

describe("gamma by implicit reparameterisation", () => {
  test("to first order, in both modes", () => {
    // The numbers of rejected proposals, and so the samples, jump at some a: the check stays where they do not.
    for (const a of [0.3, 0.9, 1.5, 4, 40]) {
      const slope = (x: Tensor) => random.gamma(key, x, [4]);
      const forward = list(jvp(slope, [tensor(a)], [tensor(1)]).tangent);
      const reverse = list(jacobian(slope, { mode: "reverse" })(tensor(a)));
      forward.forEach((t, i) => expect(Math.abs(t - reverse[i]!)).toBeLessThan(1e-14 * (1 + Math.abs(t))));
    }
  });

  test("the mean of the derivative is the derivative of the mean, and of the second moment", () => {
    // E x = a, E x^2 = a (a + 1). The limits are four standard errors of 4000 samples.
    for (const a of [0.4, 1, 3, 25]) {
      const moment = (power: number) => (x: Tensor) => random.gamma(key, x, [4000]).pow(power);
      for (const [power, want] of [
        [1, 1],
        [2, 2 * a + 1],
      ] as const) {
        const slopes = list(jvp(moment(power), [tensor(a)], [tensor(1)]).tangent);
        const mean = slopes.reduce((s, t) => s + t, 0) / slopes.length;
        const variance = slopes.reduce((s, t) => s + (t - mean) ** 2, 0) / slopes.length;
        expect(Math.abs(mean - want)).toBeLessThan(4 * Math.sqrt(variance / slopes.length));
      }
    }
  });

  test("the second derivative is refused", () => {
    const f = (a: Tensor) => random.gamma(key, a, [4]).sum();
    expect(Number.isFinite(grad(f)(tensor(2)).item())).toBe(true);
    expect(() => hvp(f, tensor(2), tensor(1))).toThrow(NotDifferentiableError);
    expect(() => grad((a: Tensor) => grad(f)(a))(tensor(2))).toThrow("second derivative");
  });
});

test("what is discrete has no derivative", () => {
  const p = tensor([0.2, 0.3, 0.5]);
  const heads = (q: Tensor) => random.bernoulli(key, q).astype("float64").sum();
  const drawn = (q: Tensor) =>
    random
      .choice(key, 3, { shape: [4], p: q })
      .astype("float64")
      .sum();
  expect(list(grad(heads)(p))).toEqual([0, 0, 0]);
  expect(list(grad(drawn)(p))).toEqual([0, 0, 0]);
});

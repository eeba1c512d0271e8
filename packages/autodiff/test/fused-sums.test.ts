import { describe, expect, test } from "@jest/globals";
import { random, stack, type Tensor } from "@cotangent/core-tensor";
import { jit } from "@cotangent/autodiff";
import { sameBits } from "../src/testing/check-jit.js";

/** A sum is added up in blocks of 128: lengths on both sides of every number of blocks, also of two at once. */
const lengths = [1, 127, 128, 129, 255, 256, 257, 300, 383, 384, 385, 511, 512, 513, 700];

/** Two sums, a largest value and an elementwise result of one loop. */
const sums = (x: Tensor, y: Tensor): readonly Tensor[] => {
  const d = x.sub(y);
  return [d.square().sum(), d.mul(x).sum(), d.max(), d.mul(2)];
};
const ofRows = (x: Tensor, y: Tensor): readonly Tensor[] => [x.sub(y).square().sum({ axis: 1 })];

describe("sums of fused loops have the bits of sums by themselves", () => {
  test.each(lengths)("of %d numbers", (n) => {
    for (const dtype of ["float64", "float32"] as const) {
      const numbers = (seed: number) => random.uniform(random.key(seed), [n]).sub(0.4).astype(dtype);
      const [x, y] = [numbers(1), numbers(2)];
      for (const [f, ...args] of [
        [sums, x, y],
        [ofRows, stack([x, y, x]), stack([y, y, x.neg()])],
      ] as const) {
        const compiled = jit(f);
        for (let call = 0; call < 2; call++) compiled(...args);
        const [found, expected] = [compiled(...args), f(...args)];
        found.forEach((value, i) => {
          expect(sameBits(value, expected[i]!)).toBe(true);
        });
      }
    }
  });
});

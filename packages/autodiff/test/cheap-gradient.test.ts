import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { linspace, type Tensor } from "@cotangent/core-tensor";
import { valueAndGrad } from "@cotangent/autodiff";
import { countOperations } from "./count-operations.js";

type Step = (xs: readonly Tensor[], i: number, j: number) => Tensor;
const steps: readonly Step[] = [
  (xs, i, j) => xs[i]!.add(xs[j]!),
  (xs, i, j) => xs[i]!.sub(xs[j]!),
  (xs, i, j) => xs[i]!.mul(xs[j]!),
  (xs, i) => xs[i]!.sin(),
  (xs, i) => xs[i]!.exp(),
  (xs, i) => xs[i]!.square(),
  (xs, i, j) => xs[i]!.matmul(xs[j]!),
];
const arbProgram = fc.array(fc.tuple(fc.nat(steps.length - 1), fc.nat(1000), fc.nat(1000)), {
  minLength: 5,
  maxLength: 30,
});

test("value and gradient cost at most 4 times the value, in operations and in elements computed", () => {
  const x = linspace(-0.1, 0.1, 64).reshape([8, 8]);
  fc.assert(
    fc.property(arbProgram, (program) => {
      const f = (y: Tensor) => {
        const xs = [y];
        for (const [s, i, j] of program) {
          xs.push(steps[s]!(xs, i % xs.length, xs.length - 1 - (j % Math.min(2, xs.length))));
        }
        return xs.at(-1)!.sum();
      };
      const value = countOperations(() => f(x));
      const both = countOperations(() => valueAndGrad(f)(x));
      expect(both.calls / value.calls).toBeLessThanOrEqual(4);
      expect(both.elements / value.elements).toBeLessThanOrEqual(4);
    }),
    { numRuns: 500 },
  );
});

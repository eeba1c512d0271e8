import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Tensor } from "@cotangent/core-tensor";
import { tree } from "@cotangent/autodiff";
import { arbShape, arbTensor, arbTree, type TensorTree } from "@cotangent/autodiff/testing";

/** What fast-check prints for the smallest tensor, shape or tree found of those that `fails` is true for. */
function smallest<T>(arbitrary: fc.Arbitrary<T>, fails: (x: T) => boolean, seed: number): string {
  const { counterexample } = fc.check(
    fc.property(arbitrary, (x) => !fails(x)),
    { seed, numRuns: 1000 },
  );
  return fc.stringify(counterexample![0]);
}

const numbers = (x: Tensor) => Array.from(x.toTypedArray());
const sum = (x: Tensor) => x.sum().item();
const leaves = (x: TensorTree) => tree.leaves(x);
const shaped = (shape: number[], elements?: fc.Arbitrary<number>) =>
  arbTensor({ shape, ...(elements && { elements }) });

const law = <T>(
  name: string,
  arbitrary: fc.Arbitrary<T>,
  fails: (x: T) => boolean,
  expected: readonly string[],
) => {
  test(`${name}: ${expected.join(" or ")}`, () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(expected).toContain(smallest(arbitrary, fails, seed));
      }),
      { numRuns: 30 },
    );
  });
};

describe("tensors shrink", () => {
  const any = arbTensor();
  law("always", any, () => true, ["tensor(0)"]);
  law("an element above 1", any, (x) => numbers(x).some((n) => n > 1), ["tensor(2)"]);
  law("an element below -1.6", any, (x) => numbers(x).some((n) => n < -1.6), ["tensor(-2)"]);
  law("an element that is no whole number", any, (x) => numbers(x).some((n) => n % 1 !== 0), ["tensor(0.5)"]);
  law("two elements above 1", any, (x) => numbers(x).filter((n) => n > 1).length > 1, ["tensor([2, 2])"]);
  law("two different elements", any, (x) => new Set(numbers(x)).size > 1, [
    "tensor([0, 1])",
    "tensor([1, 0])",
  ]);
  law("one axis", any, (x) => x.ndim > 0, ["tensor([0])"]);
  law("a matrix", any, (x) => x.ndim === 2, ["tensor([[0]])"]);
  law("no elements", any, (x) => x.size === 0, ["tensor([])"]);
  law("rows of two", any, (x) => x.ndim === 2 && x.shape[1]! >= 2, ["tensor([[0, 0]])"]);
  law("the last one of a fixed shape", shaped([2, 3]), (x) => x.slice(1, 2).item() > 0, [
    "tensor([[0, 0, 0], [0, 0, 1]])",
  ]);
  law(
    "elements of one's own",
    shaped([3], fc.integer({ min: 5, max: 90 })),
    (x) => numbers(x).some((n) => n > 50),
    [...["[5, 5, 51]", "[5, 51, 5]", "[51, 5, 5]"].map((text) => `tensor(${text})`)],
  );
  law("float32", arbTensor({ dtype: "float32" }), (x) => sum(x) > 0, ['tensor(1, { dtype: "float32" })']);
  law("a large one", shaped([100]), (x) => x.take(70).item() > 1, [
    `tensor([${Array.from({ length: 100 }, (_, i) => (i === 70 ? "2" : "0")).join(", ")}])`,
  ]);
});

describe("shapes shrink", () => {
  law("two axes", arbShape(), (shape) => shape.length >= 2, ["[1,1]"]);
  law("an axis of length 2 or more", arbShape(), (shape) => shape.some((n) => n > 1), ["[2]"]);
  law("an axis of length 0", arbShape(), (shape) => shape.includes(0), ["[0]"]);
  law("within their limits", arbShape({ minRank: 1, minLength: 2 }), () => true, ["[2]"]);
});

describe("trees shrink", () => {
  law("always", arbTree(), () => true, ["tensor(0)"]);
  law("two leaves", arbTree(), (x) => leaves(x).length >= 2, [
    "[tensor(0),tensor(0)]",
    '{"a":tensor(0),"b":tensor(0)}',
  ]);
  law("a key", arbTree(), (x) => fc.stringify(x).includes('"a"'), ['{"a":tensor(0)}']);
  law("no leaf", arbTree(), (x) => leaves(x).length === 0, ["[]", "{}"]);
  law("a leaf above 1", arbTree(), (x) => leaves(x).some((y) => numbers(y).some((n) => n > 1)), [
    "tensor(2)",
  ]);
});

test("a seed and a path give the same counterexample again", () => {
  const property = fc.property(arbTensor(), (x) => sum(x) < 2);
  const { seed, counterexample, counterexamplePath } = fc.check(property, { numRuns: 1000 });
  const again = fc.check(property, { seed, path: counterexamplePath! });
  expect(fc.stringify(again.counterexample)).toBe(fc.stringify(counterexample));
});

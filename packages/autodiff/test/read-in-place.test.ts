import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { linspace, tensor, type Tensor } from "@cotangent/core-tensor";
import { jit, valueAndGrad } from "@cotangent/autodiff";
import { checkJit } from "../src/testing/check-jit.js";

const rosenbrock = (x: Tensor) => {
  const [head, tail] = [x.slice([null, -1]), x.slice([1, null])];
  return tail.sub(head.square()).square().mul(100).add(head.sub(1).square()).sum();
};
const convolution = (x: Tensor) =>
  x.slice([null, -2]).sub(x.slice([1, -1]).mul(2)).add(x.slice([2, null])).square().sum(); // prettier-ignore

const linesOf = (f: (x: Tensor) => unknown, at: Tensor): string[] =>
  jit(f)
    .lower(at)
    .optimised.equations.map((e) => ("call" in e ? e.call.name : e.primitive.name));
const arenaOf = (f: (x: Tensor) => unknown, at: Tensor): number => jit(f).lower(at).memory.arenaBytes;

describe("stencils", () => {
  const x = linspace(-1, 1, 50);
  const grid = linspace(0, 1, 60).reshape([6, 10]);
  const laplacian = (y: Tensor) => {
    const inner = y.slice([1, -1], [1, -1]);
    const [up, down] = [y.slice([null, -2], [1, -1]), y.slice([2, null], [1, -1])];
    const [left, right] = [y.slice([1, -1], [null, -2]), y.slice([1, -1], [2, null])];
    return up.add(down).add(left).add(right).sub(inner.mul(4)).square().sum();
  };

  test("value and gradient are a loop each, which store nothing but results", () => {
    for (const f of [rosenbrock, convolution]) {
      expect(linesOf(valueAndGrad(f), x)).toEqual(["loop", "loop"]);
      expect(arenaOf(valueAndGrad(f), x)).toBe(0);
    }
    // What is read at five places is stored.
    expect(linesOf(valueAndGrad(laplacian), grid)).toEqual(["loop", "loop"]);
    expect(arenaOf(valueAndGrad(laplacian), grid)).toBe(8 * 4 * 8);
  });
  test("have the same bits as without, whatever the numbers and the size", () => {
    const special = fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1e-320);
    const number = fc.oneof({ weight: 4, arbitrary: fc.double({ min: -9, max: 9 }) }, { weight: 1, arbitrary: special }); // prettier-ignore
    fc.assert(
      fc.property(fc.array(number, { minLength: 3, maxLength: 300 }), (numbers) => {
        for (const f of [rosenbrock, convolution]) checkJit(valueAndGrad(f), [tensor(numbers)]);
      }),
      { numRuns: 40 },
    );
    for (const size of [1, 2, 3]) checkJit(valueAndGrad(rosenbrock), [linspace(0, -1, size)]);
    checkJit(valueAndGrad(laplacian), [grid]);
    checkJit(
      valueAndGrad((y: Tensor) => laplacian(y.mul(y))),
      [grid],
    );
  });
});

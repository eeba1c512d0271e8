import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { concatenate, linspace, stack, tensor, type Range, type Tensor } from "@cotangent/core-tensor";
import { jit, jvp, valueAndGrad, vmap } from "@cotangent/autodiff";
import { checkJit } from "../src/testing/check-jit.js";
import { runs } from "./runs.js";

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

describe("what moves elements", () => {
  const x = linspace(-2, 2, 24);
  const cases: Readonly<Record<string, (y: Tensor) => Tensor>> = {
    "backwards, beside itself": (y) => y.mul(y.slice([null, null, -1])),
    "every other": (y) =>
      y
        .square()
        .slice([null, null, 2])
        .sub(y.slice([1, null, 2])),
    "a slice of a slice of a sum": (y) => y.add(1).slice([2, -1]).mul(3).slice([1, -2]).neg(),
    "a slice of what was padded": (y) => y.mul(2).pad([[3, 2]]).slice([1, -1]).add(0.5), // prettier-ignore
    "a slice beside what was padded": (y) => y.mul(2).pad([[5, 5]]).slice([0, 3]).add(-0), // prettier-ignore
    "padded twice": (y) => y.mul(-1).pad([[1, 0]]).mul(2).pad([[0, 1]]).mul(-1), // prettier-ignore
    "padded by nothing": (y) => y.mul(2).pad([[0, 0]]).mul(3), // prettier-ignore
    joined: (y) => concatenate([y.slice([0, 5]).mul(2), y, y.exp().slice([3, 4])]).mul(3),
    "joined with nothing": (y) => concatenate([y.slice([0, 0]).mul(2), y.mul(-0)]).add(1),
    stacked: (y) => stack([y.mul(2), y.exp(), y]).mul(y),
    rolled: (y) => y.roll(5).sub(y.square().roll(-1)),
    "in two axes": (y) => y.reshape([4, 6]).square().slice([1, null], [null, null, -1]).pad([[0, 1], [2, 0]]).exp(), // prettier-ignore
    transposed: (y) => y.reshape([4, 6]).mul(2).slice([1, 3]).transpose().pad([[1, 1], [0, 0]]).add(1), // prettier-ignore
    "a row beside all": (y) => y.reshape([4, 6]).mul(y.reshape([4, 6]).mul(2).slice([1, 2])),
    "an element": (y) => y.mul(2).slice(3).add(y),
    "reduced, kept and cut": (y) => y.reshape([6, 4]).sum({ axis: 1 }).mul(2).pad([[1, 2]]).mul(3), // prettier-ignore
    "cut, and reduced": (y) => y.square().pad([[1, 2]]).mul(3).sum(), // prettier-ignore
    "cut along one axis, and reduced along the other": (y) => y.reshape([4, 6]).mul(2).pad([[1, 0], [0, 0]]).sin().sum({ axis: 1 }), // prettier-ignore
    "a view that a product needs too": (y) =>
      y.slice([0, 6]).add(
        y
          .reshape([4, 6])
          .matmul(y.slice([0, 6]))
          .sum(),
      ),
    "a view that several loops read": (y) =>
      y
        .slice([1, null])
        .softmax()
        .mul(y.slice([1, null])),
  };
  const total = (f: (y: Tensor) => Tensor) => (y: Tensor) => f(y).mul(linspace(1, 2, f(y).size).reshape(f(y).shape)).sum(); // prettier-ignore

  test.each(Object.entries(cases))("%s", (_, f) => {
    const special = tensor([0, -0, NaN, Infinity, -Infinity, 1e-320, ...linspace(-1, 1, 18).toArray() as number[]]); // prettier-ignore
    for (const at of [x, special, x.astype("float32"), x.astype("int32").mul(1)]) {
      if (at.dtype !== "int32" || !/exp|sin|softmax/.test(String(f))) checkJit(f, [at]);
      if (at.dtype !== "int32") checkJit(valueAndGrad(total(f)), [at]);
    }
    checkJit(vmap(f), [stack([x, special])]);
    checkJit((y: Tensor) => jvp(f, [y], [y.cos()]), [x]);
  });
  test("in random orders", () => {
    type Move = (y: Tensor, p: number, q: number) => Tensor;
    const along = (y: Tensor, p: number, range: Range) =>
      p % 2 === 0 || y.ndim < 2 ? y.slice(range) : y.slice(null, range);
    const moves: readonly Move[] = [
      (y, p, q) => along(y, p, [q % 3, null]),
      (y, p, q) => along(y, p, [null, -1 - (q % 2)]),
      (y, p, q) => along(y, p, [null, null, [-1, 2, -2][q % 3]!]),
      (y, p, q) => y.pad(y.shape.map((_, axis) => [(p >> axis) % 3, (q >> axis) % 2])),
      (y, p, q) => concatenate(q % 2 === 0 ? [y, y.mul(2)] : [y.neg(), y], p % y.ndim),
      (y, p) => y.roll(1 + (p % 3), { axis: p % y.ndim }),
      (y) => y.transpose(),
      (y) => y.expandDims(0).sum({ axis: 0 }),
      (y, p) => y.mul([2, -1, 0.5][p % 3]!),
      (y) => y.add(1).neg(),
      (y) => y.square().sub(y),
      (y) => y.sin(),
      (y) => y.mul(y.flip()),
    ];
    const step = fc.record({ move: fc.nat(moves.length - 1), p: fc.nat(9), q: fc.nat(9) });
    const shape = fc.oneof(fc.tuple(fc.nat(9)), fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(5)));
    const small = (y: Tensor) => (y.size > 200 ? y.slice([0, 3]) : y);
    fc.assert(
      fc.property(shape, fc.array(step, { minLength: 2, maxLength: 10, size: "max" }), (lengths, steps) => {
        const f = (y: Tensor) => steps.reduce((z, { move, p, q }) => small(moves[move]!(z, p, q)), y);
        const at = linspace(-1, 1, lengths.reduce((a, b) => a * b)).reshape(lengths); // prettier-ignore
        checkJit(f, [at]);
        checkJit(valueAndGrad(total(f)), [at]);
      }),
      runs(150, 5000),
    );
  });
  test("of no elements", () => {
    for (const f of [
      rosenbrock,
      (y: Tensor) =>
        y
          .mul(2)
          .pad([[1, 1]])
          .sum(),
      (y: Tensor) =>
        concatenate([y, y.mul(2)])
          .mul(3)
          .sum(),
    ])
      // prettier-ignore
      checkJit(valueAndGrad(f), [linspace(0, 1, 0)]);
  });
  test("copies nothing that every loop can read where it is", () => {
    const f = (y: Tensor) =>
      y
        .slice([0, 50])
        .max()
        .add(y.slice([0, 50]));
    expect(linesOf(f, linspace(0, 1, 100))).toEqual(["loop", "loop"]);
    expect(arenaOf(f, linspace(0, 1, 100))).toBe(8);
  });
});

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import * as ct from "@cotangent/core-tensor";
import { tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { groups, withAxes } from "./groups.js";
import { at, build, shapes, special, tensorsOf } from "./naive.js";

const list = (x: Tensor) => Array.from(x.toTypedArray());

describe("reductions over any axes", () => {
  const total = (values: number[]) => values.reduce((a, b) => a + b, 0);
  test.each<[string, (x: Tensor, options: ct.ReduceOptions) => Tensor, (values: number[]) => number]>([
    ["sum", ct.sum, total],
    ["mean", ct.mean, (values) => total(values) / values.length],
    [
      "norm of order 1",
      (x, options) => ct.norm(x, { ...options, ord: 1 }),
      (values) => total(values.map(Math.abs)),
    ],
  ])("%s", (_, f, g) => {
    fc.assert(
      fc.property(withAxes, ({ x, axes, given }) => {
        const want = groups(x, axes, g);
        const kept = f(x, { axis: given, keepDims: true });
        expect([kept.shape, list(kept)]).toEqual([want.shape, list(want)]);
        expect(f(x, { axis: given }).shape).toEqual(x.shape.filter((__, axis) => !axes.includes(axis)));
      }),
    );
  });
  test.each<[string, (x: Tensor, options: ct.ReduceOptions) => Tensor, (...values: number[]) => number]>([
    ["max", ct.max, Math.max],
    ["min", ct.min, Math.min],
  ])("%s, NaN and infinities included", (_, f, g) => {
    const filled = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });
    const inputs = filled.chain((shape) =>
      fc.tuple(tensorsOf(shape, special), fc.subarray([...shape.keys()], { minLength: 1 })),
    );
    fc.assert(
      fc.property(inputs, ([x, axis]) => {
        const want = groups(x, axis, (values) => g(...values));
        expect(list(f(x, { axis, keepDims: true })).map((y) => y + 0)).toEqual(list(want).map((y) => y + 0));
      }),
    );
  });
  test("of nothing", () => {
    expect(ct.sum(zeros([0, 3])).item()).toBe(0);
    expect(ct.sum(zeros([0, 3]), { axis: 0 }).toArray()).toEqual([0, 0, 0]);
    expect(ct.mean([]).item()).toBeNaN();
    expect(() => ct.max([])).toThrow("max: has no value over an axis of length 0 (shape [0])");
    expect(ct.max(zeros([0, 3]), { axis: 1 }).shape).toEqual([0]);
  });
  test("rounding grows with block + n / block terms, not with n", () => {
    const n = 1_000_000;
    // Terms that a float64 holds exactly, but whose sum it does not: 2^53 + n.
    const x = ct.full([n], 1).add(ct.where(ct.less(ct.arange(n), 1), 2 ** 53, 0));
    expect(Math.abs(ct.sum(x).item() - 2 ** 53 - n)).toBeLessThan(2 * (128 + n / 128));
  });
  test("axes out of range or given twice are refused", () => {
    expect(() => ct.sum([1], { axis: 1 })).toThrow("sum: axis 1 is out of range for a tensor of rank 1");
    expect(() => ct.sum([[1]], { axis: [0, -2] })).toThrow("sum: axis 0 is given twice");
    expect(() => ct.sum([1], { axis: 0.5 })).toThrow(ct.ShapeError);
  });
});

describe("without overflow", () => {
  test("logsumexp, softmax, logSoftmax", () => {
    expect(ct.logsumexp([1000, 1000]).item()).toBe(1000 + Math.log(2));
    expect(ct.logsumexp([-Infinity, -Infinity]).item()).toBe(-Infinity);
    expect(ct.logsumexp([Infinity, 1]).item()).toBe(Infinity);
    expect(
      list(
        ct.softmax([
          [0, 0],
          [1000, -1000],
        ]),
      ),
    ).toEqual([0.5, 0.5, 1, 0]);
    expect(list(ct.logSoftmax([1000, -1000]))).toEqual([0, -2000]);
    expect(
      ct.logsumexp(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: 0, keepDims: true },
      ).shape,
    ).toEqual([1, 2]);
  });
  test("softmax sums to 1 and does not see shifts", () => {
    fc.assert(
      fc.property(tensorsOf([3, 2]), (x) => {
        for (const s of list(ct.softmax(x, { axis: 0 }).sum({ axis: 0 })))
          expect(Math.abs(s - 1)).toBeLessThan(2 ** -50);
        expect(list(ct.softmax(x.add(64)))).toEqual(list(ct.softmax(x)));
      }),
    );
  });
  test.each([1e-300, 1, 1e300])("norm at scale %d", (scale) => {
    expect(
      ct
        .norm(tensor([3, -4]).mul(scale))
        .div(scale)
        .item(),
    ).toBeCloseTo(5, 14);
  });
  test("norm of zeros, infinities and NaN", () => {
    expect([[0, 0], [Infinity, 1], [NaN, 1], []].map((x) => ct.norm(x).item())).toEqual([
      0,
      Infinity,
      NaN,
      0,
    ]);
    expect(
      ct
        .norm(
          [
            [3, 4],
            [0, 0],
          ],
          { axis: -1 },
        )
        .toArray(),
    ).toEqual([5, 0]);
    expect(ct.norm([1, -3, 2], { ord: Infinity }).item()).toBe(3);
    expect(() => ct.norm([1], { ord: 3 })).toThrow("norm: ord must be 1, 2 or Infinity, got 3");
  });
});

describe("along an axis", () => {
  const rows = shapes(1).chain((shape) => fc.tuple(tensorsOf(shape), fc.nat(shape.length - 1)));
  const line = (x: Tensor, index: readonly number[], axis: number) =>
    Array.from({ length: x.shape[axis]! }, (_, k) =>
      at(
        x,
        index.map((i, a) => (a === axis ? k : i)),
      ),
    );
  test("cumsum", () => {
    fc.assert(
      fc.property(rows, ([x, axis]) => {
        const want = build(x.shape, (index) =>
          line(x, index, axis)
            .slice(0, index[axis]! + 1)
            .reduce((a, b) => a + b, 0),
        );
        expect(list(ct.cumsum(x, { axis }))).toEqual(list(want));
      }),
    );
  });
  test("sort and argsort agree, ascending", () => {
    fc.assert(
      fc.property(rows, ([x, axis]) => {
        const want = build(x.shape, (index) => line(x, index, axis).sort((a, b) => a - b)[index[axis]!]!);
        expect(list(ct.sort(x, { axis }))).toEqual(list(want));
        expect(list(ct.takeAlongAxis(x, ct.argsort(x, { axis: axis - x.ndim }), axis))).toEqual(list(want));
      }),
    );
  });
  test("sorting is stable, with NaN last and infinities in order", () => {
    expect(ct.argsort([1, 0, 1, 0]).toArray()).toEqual([1, 3, 0, 2]);
    expect(ct.sort([NaN, 1, -Infinity, NaN, Infinity]).toArray()).toEqual([-Infinity, 1, Infinity, NaN, NaN]);
    expect(ct.argsort([1, 0]).dtype).toBe("int32");
    expect(() => ct.sort(1)).toThrow("sort: a scalar has no axis to sort along");
  });
});

test("cumsum without an axis runs through all elements, as NumPy's does", () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);
  expect(ct.cumsum(x).toArray()).toEqual([1, 3, 6, 10]);
  expect(x.cumsum({ axis: -1 }).toArray()).toEqual([
    [1, 3],
    [3, 7],
  ]);
  expect(ct.cumsum(5).toArray()).toEqual([5]);
});

test("softmax and logsumexp of no elements", () => {
  expect(ct.softmax(zeros([0])).shape).toEqual([0]);
  expect(ct.logSoftmax(zeros([2, 0])).shape).toEqual([2, 0]);
  expect(ct.logsumexp(zeros([2, 0]), { axis: 1 }).toArray()).toEqual([-Infinity, -Infinity]);
});

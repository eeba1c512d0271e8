import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import * as ct from "@cotangent/core-tensor";
import { tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { groups, withAxes } from "./groups.js";
import { at, build, shapes, special, tensorsOf } from "./naive.js";

const list = (x: Tensor) => Array.from(x.toTypedArray(), Number);
const nearby = (got: readonly number[], want: readonly number[]) => {
  expect(got).toHaveLength(want.length);
  got.forEach((y, i) => {
    const close =
      Object.is(y + 0, want[i]! + 0) || Math.abs(y - want[i]!) <= 1e-14 * (1 + Math.abs(want[i]!));
    expect([y, close]).toEqual([y, true]);
  });
};

type Reduction = (x: Tensor, options: ct.ReduceOptions) => Tensor;
const square = (x: number) => x * x;
function spread(values: number[], ddof: number): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const total = values.reduce((a, b) => a + square(b - mean), 0);
  return total / Math.max(values.length - ddof, 0);
}

describe("over any axes, from the definition", () => {
  test.each<[string, Reduction, (values: number[]) => number]>([
    ["prod", ct.prod, (values) => values.reduce((a, b) => a * b, 1)],
    ["any", ct.any, (values) => Number(values.some((v) => v !== 0))],
    ["all", ct.all, (values) => Number(values.every((v) => v !== 0))],
    ["variance", ct.variance, (values) => spread(values, 0)],
    ["variance with ddof 1", (x, o) => ct.variance(x, { ...o, ddof: 1 }), (values) => spread(values, 1)],
    ["std", ct.std, (values) => Math.sqrt(spread(values, 0))],
    ["std with ddof 2", (x, o) => ct.std(x, { ...o, ddof: 2 }), (values) => Math.sqrt(spread(values, 2))],
  ])("%s", (_, f, g) => {
    const small = fc.constantFrom(-2, -1, 0, 0, 0.5, 1, 3);
    const cases = withAxes.chain(({ x, axes, given }) =>
      tensorsOf(x.shape, small).map((y) => ({ x: y, axes, given })),
    );
    fc.assert(
      fc.property(cases, ({ x, axes, given }) => {
        const want = groups(x, axes, g);
        const kept = f(x, { axis: given, keepDims: true });
        expect(kept.shape).toEqual(want.shape);
        nearby(list(kept), list(want));
        expect(f(x, { axis: given }).shape).toEqual(x.shape.filter((__, axis) => !axes.includes(axis)));
      }),
    );
  });
  test("NaN is true, goes through products, and makes moments NaN", () => {
    expect([ct.any([NaN, 0]).item(), ct.all([NaN, 1]).item()]).toEqual([1, 1]);
    const spoiled = [ct.prod([NaN, 0]), ct.variance([NaN, 0]), ct.std([NaN, 0]), ct.std([Infinity, 0])];
    expect(spoiled.map((x) => x.item())).toEqual([NaN, NaN, NaN, NaN]);
  });
  test("of nothing", () => {
    const none = zeros([0]);
    expect([ct.prod(none), ct.any(none), ct.all(none)].map((x) => x.item())).toEqual([1, 0, 1]);
    expect([ct.variance(none).item(), ct.std(none).item()]).toEqual([NaN, NaN]);
    expect(ct.variance([1], { ddof: 1 }).item()).toBeNaN();
    expect(ct.variance([1, 3], { ddof: 3 }).item()).toBe(Infinity);
    expect(ct.prod(zeros([0, 2]), { axis: 0, keepDims: true }).toArray()).toEqual([[1, 1]]);
  });
  test("dtypes", () => {
    const whole = tensor([1, 2, 4], { dtype: "int32" });
    expect([ct.prod(whole).dtype, ct.prod(whole).item()]).toEqual(["int32", 8]);
    expect([ct.prod([true, false]).dtype, ct.any(whole).dtype, ct.all(whole).dtype]).toEqual([
      "int32",
      "bool",
      "bool",
    ]);
    expect([whole.variance().dtype, whole.astype("float32").std().dtype]).toEqual(["float64", "float32"]);
    expect([whole.argmax().dtype, whole.cumprod().dtype]).toEqual(["int32", "int32"]);
  });
  test("a large mean costs no digits, large and small numbers do not overflow", () => {
    expect(ct.variance(ct.add([1, 2, 3, 4], 1e15)).item()).toBe(1.25);
    expect(ct.std([1e300, 3e300]).div(1e300).item()).toBeCloseTo(1, 14);
    expect(ct.std([1e-300, 3e-300]).div(1e-300).item()).toBeCloseTo(1, 14);
  });
  test("axes out of range are refused by name", () => {
    expect(() => ct.prod([1], { axis: 1 })).toThrow("prod: axis 1 is out of range");
    expect(() => ct.std([1], { axis: [0, 0] })).toThrow("std: axis 0 is given twice");
    expect(() => ct.cumprod([[1]], { axis: 2 })).toThrow("cumprod: axis 2 is out of range");
    expect(() => ct.argmin([1], { axis: -2 })).toThrow("argmin: axis -2 is out of range");
  });
});

describe("along one axis", () => {
  const rows = fc
    .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 })
    .chain((shape) => fc.tuple(tensorsOf(shape, special), fc.nat(shape.length - 1)));
  const row = (x: Tensor, index: readonly number[], axis: number) =>
    Array.from({ length: x.shape[axis]! }, (_, k) =>
      at(
        x,
        index.map((i, a) => (a === axis ? k : i)),
      ),
    );
  /** NumPy: the first NaN, else the first of the best. */
  const best = (values: number[], better: (a: number, b: number) => boolean) => {
    const nan = values.findIndex(Number.isNaN);
    return nan >= 0 ? nan : values.reduce((found, v, i) => (better(v, values[found]!) ? i : found), 0);
  };
  test.each<[string, typeof ct.argmax, (a: number, b: number) => boolean]>([
    ["argmax", ct.argmax, (a, b) => a > b],
    ["argmin", ct.argmin, (a, b) => a < b],
  ])("%s, with ties, NaN and infinities", (_, f, better) => {
    fc.assert(
      fc.property(rows, ([x, axis]) => {
        const kept = x.shape.map((n, a) => (a === axis ? 1 : n));
        const want = build(kept, (index) => best(row(x, index, axis), better), "int32");
        const got = f(x, { axis: axis - x.ndim, keepDims: true });
        expect([got.shape, list(got)]).toEqual([want.shape, list(want)]);
        expect(f(x, { axis }).shape).toEqual(x.shape.filter((__, a) => a !== axis));
        expect(f(x).item()).toBe(best(list(x), better));
        expect(f(x, { keepDims: true }).shape).toEqual(x.shape.map(() => 1));
      }),
    );
  });
  test("argmax of nothing is refused, beside nothing it is empty", () => {
    expect(() => ct.argmax([])).toThrow("argmax: has no value over an axis of length 0 (shape [0])");
    expect(ct.argmin(zeros([0, 3]), { axis: 1 }).shape).toEqual([0]);
    expect(ct.argmax(7).item()).toBe(0);
  });
  test("cumprod, lengths from 0 to 9", () => {
    const cases = fc
      .tuple(fc.nat(9), shapes(0, 2), fc.nat(2))
      .map(([n, others, place]) => [others.slice(0, place), n, others.slice(place)] as const)
      .chain(([before, n, after]) =>
        fc.tuple(
          tensorsOf([...before, n, ...after], fc.constantFrom(-2, 0, 0.5, 1, 3, -1)),
          fc.constant(before.length),
        ),
      );
    fc.assert(
      fc.property(cases, ([x, axis]) => {
        const want = build(x.shape, (index) =>
          row(x, index, axis)
            .slice(0, index[axis]! + 1)
            .reduce((a, b) => a * b, 1),
        );
        const got = ct.cumprod(x, { axis });
        expect([got.shape, list(got).map((y) => y + 0)]).toEqual([x.shape, list(want).map((y) => y + 0)]);
      }),
    );
    expect(
      tensor([
        [1, 2],
        [3, 4],
      ])
        .cumprod()
        .toArray(),
    ).toEqual([1, 2, 6, 24]);
    expect(ct.cumprod([2, NaN, 0]).toArray()).toEqual([2, NaN, NaN]);
  });
});

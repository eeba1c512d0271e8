import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import * as ct from "@cotangent/core-tensor";
import { tensor, type DType, type Tensor } from "@cotangent/core-tensor";
import { at, broadcastPairs, build, special, tensorsOf } from "./naive.js";

const list = (x: Tensor) => Array.from(x.toTypedArray());

describe("broadcasting is nested loops", () => {
  const operations: [string, (a: Tensor, b: Tensor) => Tensor, (a: number, b: number) => number][] = [
    ["add", ct.add, (a, b) => a + b],
    ["sub", ct.sub, (a, b) => a - b],
    ["mul", ct.mul, (a, b) => a * b],
    ["div", ct.div, (a, b) => a / b],
    ["maximum", ct.maximum, Math.max],
    ["minimum", ct.minimum, Math.min],
    ["less", ct.less, (a, b) => Number(a < b)],
    ["greaterEqual", ct.greaterEqual, (a, b) => Number(a >= b)],
    ["equal", ct.equal, (a, b) => Number(a === b)],
    ["where", (a, b) => ct.where(a, b, 7), (a, b) => (a !== 0 ? b : 7)],
  ];
  test.each(operations)("%s", (_, f, g) => {
    fc.assert(
      fc.property(broadcastPairs, ([a, b]) => {
        const got = f(a, b);
        const want = build(got.shape, (index) => g(at(a, index), at(b, index)));
        expect(list(got)).toEqual(list(want));
        const rank = Math.max(a.ndim, b.ndim);
        const lengths = Array.from({ length: rank }, (__, axis) => {
          const [m, n] = [a.shape[axis - rank + a.ndim] ?? 1, b.shape[axis - rank + b.ndim] ?? 1];
          return m === 1 ? n : m;
        });
        expect(got.shape).toEqual(lengths);
      }),
    );
  });
  test("shapes that do not fit name the axis", () => {
    expect(() => tensor([1, 2]).add([1, 2, 3])).toThrow(
      "add: shapes [2] and [3] do not broadcast: axis -1 has lengths 2 and 3",
    );
  });
});

describe("functions of one number", () => {
  const functions: [string, (x: Tensor) => Tensor, (x: number) => number][] = [
    ["neg", ct.neg, (x) => -x],
    ["abs", ct.abs, Math.abs],
    ["sign", ct.sign, Math.sign],
    ["floor", ct.floor, Math.floor],
    ["ceil", ct.ceil, Math.ceil],
    ["exp", ct.exp, Math.exp],
    ["expm1", ct.expm1, Math.expm1],
    ["log", ct.log, Math.log],
    ["log1p", ct.log1p, Math.log1p],
    ["sqrt", ct.sqrt, Math.sqrt],
    ["square", ct.square, (x) => x * x],
    ["reciprocal", ct.reciprocal, (x) => 1 / x],
    ["relu", ct.relu, (x) => (x > 0 ? x : Number.isNaN(x) ? NaN : 0)],
    ["isNaN", ct.isNaN, (x) => Number(Number.isNaN(x))],
    ["isFinite", ct.isFinite, (x) => Number(Number.isFinite(x))],
    ["logicalNot", ct.logicalNot, (x) => Number(x === 0)],
  ];
  test.each(functions)("%s, at NaN, infinities and zeros too", (_, f, g) => {
    fc.assert(
      fc.property(tensorsOf([3], special), (x) =>
        expect(list(f(x)).map((y) => y + 0)).toEqual(list(x).map((y) => g(y) + 0)),
      ),
    );
  });
  test("do not overflow on the way", () => {
    expect(list(ct.sigmoid([-1000, 0, 1000]))).toEqual([0, 0.5, 1]);
    expect(list(ct.softplus([-1000, 1000, Infinity, -Infinity]))).toEqual([0, 1000, Infinity, 0]);
    expect(list(ct.pow([0, 2, -2, 1, -8], [0, -1, 3, NaN, 1 / 3]))).toEqual([1, 0.5, -8, 1, NaN]);
    expect(ct.rsqrt(4).item()).toBe(0.5);
  });
  test("NaN wins in extrema, and -0 stays", () => {
    expect(list(ct.maximum([NaN, 1], [1, NaN]))).toEqual([NaN, NaN]);
    expect(list(ct.minimum([NaN, 1], [1, NaN]))).toEqual([NaN, NaN]);
    expect(Object.is(ct.neg(0.0).item(), -0)).toBe(true);
    expect(list(ct.clip([-2, 0.5, NaN, 3], -1, 1))).toEqual([-1, 0.5, NaN, 1]);
  });
});

describe("dtypes", () => {
  const types: DType[] = ["bool", "int32", "float32", "float64"];
  const promoted: DType[][] = [
    ["int32", "int32", "float32", "float64"],
    ["int32", "int32", "float64", "float64"],
    ["float32", "float64", "float32", "float64"],
    ["float64", "float64", "float64", "float64"],
  ];
  test.each(types.flatMap((a, i) => types.map((b, j) => ({ a, b, sum: promoted[i]![j]! }))))(
    "$a + $b is $sum",
    ({ a, b, sum }) => {
      const [x, y] = [tensor([1], { dtype: a }), tensor([1], { dtype: b })];
      expect(x.add(y).dtype).toBe(sum);
      expect(list(x.add(y))).toEqual([2]);
      expect(x.div(y).dtype).toBe(sum === "int32" ? "float64" : sum);
      expect(x.less(y).dtype).toBe("bool");
    },
  );
  test("bare numbers adapt to the tensor that they meet", () => {
    expect(tensor([1], { dtype: "float32" }).mul(0.1).dtype).toBe("float32");
    expect(tensor([1], { dtype: "int32" }).mul(2).dtype).toBe("int32");
    expect(tensor([1], { dtype: "int32" }).mul(0.5).dtype).toBe("float64");
    expect(ct.where([true], tensor([1], { dtype: "float32" }), 0).dtype).toBe("float32");
  });
  test("int32 wraps, float32 rounds, casts cut", () => {
    expect(list(tensor([2147483647], { dtype: "int32" }).add(1))).toEqual([-2147483648]);
    expect(list(tensor([0.1], { dtype: "float32" }))).toEqual([Math.fround(0.1)]);
    expect(list(tensor([1.9, -1.9]).astype("int32"))).toEqual([1, -1]);
    expect(list(tensor([0, NaN, -2]).astype("bool"))).toEqual([0, 1, 1]);
    expect(list(tensor([0, NaN, -2], { dtype: "bool" }))).toEqual([0, 1, 1]);
    expect(list(tensor([true, false]).sum())).toEqual([1]);
    expect(tensor([true, true]).sum().dtype).toBe("int32");
  });
});

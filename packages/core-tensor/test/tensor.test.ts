import { describe, expect, test } from "@jest/globals";
import * as ct from "@cotangent/core-tensor";
import {
  arange,
  eye,
  full,
  linspace,
  ones,
  tensor,
  zeros,
  DTypeError,
  ShapeError,
  ValueError,
  type DType,
  type Like,
} from "@cotangent/core-tensor";

describe("making tensors", () => {
  test("of numbers, booleans, arrays, typed arrays, tensors", () => {
    expect([tensor(3).shape, tensor([[1, 2, 3]]).shape, tensor([[], []]).shape, tensor([]).shape]).toEqual([
      [],
      [1, 3],
      [2, 0],
      [0],
    ]);
    expect(
      [
        tensor(3),
        tensor(true),
        tensor([true, false]),
        tensor(new Int32Array(2)),
        tensor(new Float32Array(1)),
        tensor([true, 2]),
      ].map((x) => x.dtype),
    ).toEqual(["float64", "bool", "bool", "int32", "float32", "float64"]);
    expect(tensor([true, false]).toArray()).toEqual([true, false]);
    expect(() => tensor(Uint8Array.of(0, 5))).toThrow("bytes are taken for bool");
    expect(tensor(tensor([1.5]), { dtype: "int32" }).toArray()).toEqual([1]);
    expect(tensor(new Float64Array(4), { shape: [2, 2] }).ndim).toBe(2);
  });
  test("by rule", () => {
    expect(arange(3).toArray()).toEqual([0, 1, 2]);
    expect(arange(5, 0, -2).toArray()).toEqual([5, 3, 1]);
    expect(linspace(0, 1, 5).toArray()).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect([linspace(2, 3, 1).toArray(), linspace(2, 3, 0).toArray()]).toEqual([[2], []]);
    expect(eye(2, 3).toArray()).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect([zeros([2, 0]).size, ones([]).item(), full([2], 7, { dtype: "int32" }).toArray()]).toEqual([
      0,
      1,
      [7, 7],
    ]);
  });
});

describe("what is stored", () => {
  test("a bool is 0 or 1, however it is made", () => {
    const made = [
      full([2], 2, { dtype: "bool" }),
      arange(1, 3, 1, { dtype: "bool" }),
      linspace(3, 4, 2, { dtype: "bool" }),
    ];
    for (const x of made) expect([x.toArray(), x.sum().item()]).toEqual([[true, true], 2]);
  });
  test("a dtype is applied to the numbers of a typed array themselves", () => {
    expect(tensor(Uint8Array.of(0, 1, 200), { dtype: "int32" }).toArray()).toEqual([0, 1, 200]);
    expect(tensor(Uint8Array.of(0, 1, 200), { dtype: "float64" }).toArray()).toEqual([0, 1, 200]);
    expect(tensor(Int32Array.of(0, 7), { dtype: "bool" }).toArray()).toEqual([false, true]);
    expect(tensor([-(2 ** 31)], { dtype: "int32" }).toArray()).toEqual([-(2 ** 31)]);
  });
  test("a typed array is copied", () => {
    const data = Float64Array.of(1, 2);
    const x = tensor(data);
    data[0] = 5;
    expect(x.toArray()).toEqual([1, 2]);
  });
});

test("JavaScript's operators are refused, text is not", () => {
  const x: unknown = tensor(1 / 3);
  expect(() => (x as number) * 3).toThrow("operators do not work on a Tensor: use its methods");
  expect(() => (x as number) > 0).toThrow(ValueError);
  expect(() => Math.sin(x as number)).toThrow(ValueError);
  expect(String(x)).toBe("0.33333333");
});

describe("refuses at the door", () => {
  const data = (x: unknown) => () => tensor(x as Like);
  test.each<[string, () => unknown, abstract new (...args: never) => Error, string]>([
    [
      "ragged arrays",
      data([[1, 2], [3]]),
      ShapeError,
      "ragged nested arrays: at depth 1 found an array of length 1",
    ],
    ["numbers beside arrays", data([[1], 2]), ShapeError, "ragged nested arrays: at depth 1 found a number"],
    ["arrays beside numbers", data([1, [2]]), ShapeError, "ragged nested arrays"],
    ["a string", data("abc"), ValueError, "tensor: cannot make a tensor of a string"],
    [
      "strings",
      data(["1", "2"]),
      ValueError,
      'tensor: expected numbers, booleans or nested arrays of them, got "1"',
    ],
    ["null", data(null), ValueError, "got null"],
    ["null inside", data([1, null]), ValueError, "got null"],
    ["holes", data([undefined]), ValueError, "got undefined"],
    ["objects", data({ a: 1 }), ValueError, "got a Object"],
    ["other typed arrays", data(new Uint32Array(1)), ValueError, "got a Uint32Array"],
    ["tensors in arrays", data([tensor(1), tensor(2)]), ValueError, "got a Tensor; join tensors with stack"],
    ["big integers", data([1n]), ValueError, "got bigint"],
    [
      "unknown dtypes",
      () => tensor([1], { dtype: "float16" as DType }),
      DTypeError,
      'tensor: unknown dtype "float16"; use',
    ],
    ["unknown dtypes in eye", () => eye(2, 2, { dtype: "x" as DType }), DTypeError, "eye: unknown dtype"],
    [
      "unknown dtypes in arange",
      () => arange(2, 3, 1, { dtype: "x" as DType }),
      DTypeError,
      "arange: unknown dtype",
    ],
    [
      "unknown dtypes in linspace",
      () => linspace(2, 3, 4, { dtype: "x" as DType }),
      DTypeError,
      "linspace: unknown dtype",
    ],
    ["unknown dtypes in astype", () => ct.astype([1], "x" as DType), DTypeError, "astype: unknown dtype"],
    [
      "shapes that do not fit",
      () => tensor([1, 2], { shape: [3] }),
      ShapeError,
      "tensor: 2 elements do not fill the shape [3]",
    ],
    ["lengths that are no lengths", () => zeros([1.5]), ShapeError, "zeros: [1.5] is not a shape"],
    [
      "a length in place of a shape",
      () => zeros(3 as never),
      ShapeError,
      "zeros: a shape is an array of lengths",
    ],
    [
      "what int32 cannot hold",
      () => full([2], NaN, { dtype: "int32" }),
      ValueError,
      "full: int32 cannot hold NaN (element 0)",
    ],
    [
      "what int32 cannot hold, in a typed array",
      () => tensor(Float64Array.of(0, 3e9), { dtype: "int32" }),
      ValueError,
      "tensor: int32 cannot hold 3000000000 (element 1)",
    ],
    ["steps of zero", () => arange(0, 1, 0), ValueError, "arange: needs finite ends and a step other than 0"],
    ["ranges without end", () => arange(0, Infinity), ValueError, "arange: needs finite ends"],
    [
      "item of many",
      () => tensor([1, 2]).item(),
      ShapeError,
      "item: needs exactly one element, but the shape is [2]",
    ],
  ])("%s", (_, run, type, message) => {
    expect(run).toThrow(type);
    expect(run).toThrow(message);
  });
  test("with stable codes", () => {
    const error = (run: () => unknown) => {
      try {
        run();
      } catch (thrown) {
        return thrown;
      }
      return undefined;
    };
    expect(error(data([[1], 2]))).toMatchObject({ name: "ShapeError", code: "SHAPE" });
    expect(error(data("a"))).toMatchObject({ name: "ValueError", code: "VALUE" });
    expect(error(() => ct.linalg.solve([[0]], [1]))).toMatchObject({
      name: "SingularMatrixError",
      code: "SINGULAR_MATRIX",
    });
  });
});

describe("a tensor does not change", () => {
  test("through its data, its copies or a shape that was given", () => {
    const data = new Float64Array([1, 2]);
    const shape = [2, 1];
    const x = tensor(data, { shape });
    const y = x.reshape(shape).add(0);
    const z = ct.reshape(tensor([1, 2]), shape);
    const w = ct.broadcastTo(tensor(1), shape);
    data[0] = 9;
    shape[0] = 7;
    (x.toTypedArray() as Float64Array)[1] = 9;
    expect(x.toArray()).toEqual([[1], [2]]);
    expect([x, y, z, w].map((t) => t.shape)).toEqual([
      [2, 1],
      [2, 1],
      [2, 1],
      [2, 1],
    ]);
  });
  test("through a reshape of it", () => {
    const x = tensor([1, 2]);
    const view = x.reshape([2, 1]);
    view.toTypedArray()[0] = 9;
    expect([x.toArray(), view.toArray()]).toEqual([
      [1, 2],
      [[1], [2]],
    ]);
  });
});

describe("printing", () => {
  test.each<[Like, string]>([
    [3, "3"],
    [[], "[]"],
    [[1, 2.5, -3], "[1, 2.5, -3]"],
    [[1 / 3, 1e-10, 1e21], "[3.3333333e-01, 1.0000000e-10, 1.0000000e+21]"],
    [[NaN, Infinity, -Infinity], "[nan, inf, -inf]"],
    [[true, false], "[true, false]"],
    [
      [
        [1, 2.5],
        [300, 4],
      ],
      "[[  1  ,   2.5],\n [300  ,   4  ]]",
    ],
    [
      [
        [[1], [2]],
        [[3], [4]],
      ],
      "[[[1],\n  [2]],\n\n [[3],\n  [4]]]",
    ],
  ])("%j", (data, text) => {
    expect(String(tensor(data))).toBe(text);
  });
  test("integers with all their digits, and none that int32 cannot hold", () => {
    expect(String(tensor([2147483647, -2147483647], { dtype: "int32" }))).toBe("[2147483647, -2147483647]");
    expect(() => tensor([3e9], { dtype: "int32" })).toThrow("int32 cannot hold 3000000000 (element 0)");
    expect(() => tensor([NaN], { dtype: "int32" })).toThrow(ValueError);
  });
});

test("where, split, oneHot and stopGradient are methods too", () => {
  expect(tensor([true, false]).where(1, [2, 3]).toArray()).toEqual([1, 3]);
  expect(
    arange(4)
      .split(2)
      .map((x) => x.toArray()),
  ).toEqual([
    [0, 1],
    [2, 3],
  ]);
  expect(tensor([1], { dtype: "int32" }).oneHot(2).toArray()).toEqual([[0, 1]]);
  expect(tensor(2).stopGradient().item()).toBe(2);
});

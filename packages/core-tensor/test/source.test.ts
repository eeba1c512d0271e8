import { runInNewContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { tensor, type DType, type Shape, type Tensor } from "@cotangent/core-tensor";

const evaluate = (code: string) => runInNewContext(code, { tensor }) as Tensor;
const bytes = (x: Tensor) => Array.from(new Uint8Array(x.toTypedArray().buffer));

describe("fast-check prints a tensor as code", () => {
  test.each<[Tensor, string]>([
    [tensor(0.1), "tensor(0.1)"],
    [tensor([1 / 3, -0, NaN]), "tensor([0.3333333333333333, -0, NaN])"],
    [tensor([Infinity, -Infinity, 1e-300]), "tensor([Infinity, -Infinity, 1e-300])"],
    [tensor([[1, 2]]), "tensor([[1, 2]])"],
    [tensor([0.1, 16777216], { dtype: "float32" }), 'tensor([0.1, 16777216], { dtype: "float32" })'],
    [tensor([1, -2], { dtype: "int32" }), 'tensor([1, -2], { dtype: "int32" })'],
    [tensor([true, false]), "tensor([true, false])"],
    [tensor([]), "tensor([])"],
    [tensor([], { shape: [0, 3] }), "tensor([], { shape: [0, 3] })"],
    [tensor([], { shape: [2, 0], dtype: "bool" }), 'tensor([], { shape: [2, 0], dtype: "bool" })'],
  ])("%s", (x, code) => {
    expect(fc.stringify(x)).toBe(code);
    expect(fc.stringify({ x: [x] })).toBe(`{"x":[${code}]}`);
  });

  test("that makes the same tensor again, bit for bit", () => {
    const shapes = fc.array(fc.nat(3), { maxLength: 3 });
    const anyDType = fc.constantFrom<DType>("float64", "float32", "int32", "bool");
    const numbers: { readonly [D in DType]: fc.Arbitrary<number> } = {
      float64: fc.double(),
      float32: fc.float(),
      int32: fc.integer(),
      bool: fc.nat(1),
    };
    const tensors = fc.tuple(shapes, anyDType).chain(([shape, dtype]: [Shape, DType]) => {
      const size = shape.reduce((a, b) => a * b, 1);
      const values = fc.array(numbers[dtype], { minLength: size, maxLength: size });
      return values.map((data) => tensor(Float64Array.from(data), { shape, dtype }));
    });
    fc.assert(
      fc.property(tensors, (x) => {
        const again = evaluate(fc.stringify(x));
        expect([again.shape, again.dtype]).toEqual([x.shape, x.dtype]);
        expect(bytes(again)).toEqual(bytes(x));
      }),
    );
  });
});

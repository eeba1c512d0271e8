import { describe, expect, test } from "@jest/globals";
import { linspace, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, jit, valueAndGrad } from "@cotangent/autodiff";
import { sameBits } from "../src/testing/check-jit.js";
import { compiledModules } from "../../core-tensor/test/compiled-modules.js";

const rows = (x: Tensor) => x.reshape([x.size / 50, 50]);

/** Functions that work row by row, of 50 numbers each: so short that they are plain loops by themselves. */
const programs: Record<string, (x: Tensor) => Tensor> = {
  "exp(-x^2) sin(x) + x": (x) => x.square().neg().exp().mul(x.sin()).add(x),
  "2.5 x + 1": (x) => x.mul(2.5).add(1),
  softmax: (x) => {
    const e = x.sub(x.max({ axis: 1, keepDims: true })).exp();
    return e.div(e.sum({ axis: 1, keepDims: true }));
  },
  "sums of squares": (x) => x.sub(0.3).square().sum({ axis: 1 }),
  "a gradient": (x) => grad((y: Tensor) => y.tanh().square().mul(y).softplus().sum())(x),
  "value and gradient": (x) => valueAndGrad((y: Tensor) => y.sigmoid().mul(y.add(1).log()).sum())(x.abs())[1],
  "a choice": (x) => x.greater(0.5).where(x.maximum(0.7), x.neg().floor()),
};

describe("long arrays in compiled functions", () => {
  test.each(Object.entries(programs))("%s", (_, f) => {
    const x = rows(linspace(-3, 3, 50_000));
    const compiled = jit(f);
    let found = compiled(x);
    const count = compiledModules(() => {
      for (let call = 0; call < 20; call++) found = compiled(x);
    });
    expect(count).toBeGreaterThanOrEqual(1);
    for (const at of [0, 1, 17, 500, 999]) {
      const one = (y: Tensor) => y.slice([at, at + 1]);
      expect(sameBits(one(found), f(one(x)))).toBe(true);
    }
  });
  test("operations that are not compiled run in vectors too, once something was", () => {
    const f = jit((x: Tensor) => x.mul(x).add(1));
    [1, 2].forEach(() => f(tensor([1, 2])));
    const x = linspace(-3, 3, 70_000);
    const y = x.cos();
    let found = y;
    expect(compiledModules(() => { for (let call = 0; call < 10; call++) found = x.maximum(y); })).toBe(1); // prettier-ignore
    expect(sameBits(found.slice([100, 200]), x.slice([100, 200]).maximum(y.slice([100, 200])))).toBe(true);
  });
  test("short ones are plain loops", () => {
    const f = jit((x: Tensor) => x.square().neg().exp().mul(x.cos()).add(x));
    const x = tensor([1, 2, 3]);
    expect(compiledModules(() => { for (let call = 0; call < 1000; call++) f(x); })).toBe(0); // prettier-ignore
  });
});

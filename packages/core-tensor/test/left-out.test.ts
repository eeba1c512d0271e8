import { expect, test } from "@jest/globals";
// Not the package, which has everything: only the modules that a bundle without linear algebra has.
import { NotBundledError } from "../src/errors/index.js";
import { tensor } from "../src/tensor/index.js";

test("a method of linear algebra comes with the module of its function", async () => {
  const x = tensor([[4]]);
  expect(() => x.svd()).toThrow(NotBundledError);
  expect(() => x.svd()).toThrow('import { svd } from "@cotangent/core-tensor/linalg"');
  const { svd } = await import("../src/ops/linalg/svd.js");
  expect(x.svd().s.item()).toBe(4);
  expect(svd([[4]]).s.item()).toBe(4);
  expect(() => x.eigh()).toThrow(NotBundledError);
});

test("so do the methods with tables of numbers", async () => {
  const x = tensor([1, 2]);
  expect(() => x.lgamma()).toThrow('import { lgamma } from "@cotangent/core-tensor"');
  expect(() => x.digamma()).toThrow('import { digamma } from "@cotangent/core-tensor"');
  const { digamma } = await import("../src/ops/gamma.js");
  expect(x.lgamma().toArray()).toEqual([0, 0]);
  expect(x.digamma()).toEqual(digamma(x));
});

import { expect, test } from "@jest/globals";
import { dot, linspace, mul, stack, sum, type Tensor } from "@cotangent/core-tensor";
import { grad, jit, vmap } from "@cotangent/autodiff";

/** Vectors whose sums depend on the order. */
const vectors = (count: number, n: number, dtype: "float64" | "float32"): readonly Tensor[] =>
  Array.from({ length: count }, (_, i) =>
    linspace(1, 70 + i, n)
      .sin()
      .exp()
      .astype(dtype),
  );

const sumOfProducts = (a: Tensor, b: Tensor): Tensor => sum(mul(a, b));
const product = (a: Tensor, b: Tensor): Tensor => dot(a, b);
const bits = (x: Tensor): number[] => Array.from(x.toTypedArray());

test.each([
  [100, "float64"],
  [700, "float64"],
  [700, "float32"],
  [5000, "float64"],
  [5000, "float32"],
] as const)("a product of vectors of %d %s has the bits of a sum under every transformation", (n, dtype) => {
  const [a, b, c, d] = vectors(4, n, dtype) as [Tensor, Tensor, Tensor, Tensor];
  expect(bits(jit(product)(a, b))).toEqual(bits(sumOfProducts(a, b)));
  // Of values in the arena of a plan, which change from run to run.
  const shifted = (x: Tensor, y: Tensor): Tensor => dot(x.add(1).sort(), y.sub(1).sort());
  const compiled = jit(shifted);
  for (const [x, y] of [
    [a, b],
    [c, d],
  ] as const) {
    expect(bits(compiled(x, y))).toEqual(bits(sumOfProducts(x.add(1).sort(), y.sub(1).sort())));
  }
  const [many, others] = [stack([a, c]), stack([b, d])];
  const each = [sumOfProducts(a, b), sumOfProducts(c, d)].flatMap(bits);
  expect(bits(vmap(product)(many, others))).toEqual(each);
  expect(bits(jit(vmap(product))(many, others))).toEqual(each);
  const square = (x: Tensor): Tensor => dot(x, x).square();
  expect(bits(jit(grad(square))(a))).toEqual(bits(grad(square)(a)));
});

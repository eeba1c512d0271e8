import { expect, test } from "@jest/globals";
import { einsum, einsumPath, ones, prod, cumprod, type Shape } from "@cotangent/core-tensor";
import { countingTrace } from "./counting-trace.js";

test.each<[string, Shape[]]>([
  [
    "ij,jk->ik",
    [
      [2, 3],
      [3, 4],
    ],
  ],
  [
    "ji,kj->ik",
    [
      [3, 2],
      [4, 3],
    ],
  ],
  [
    "bij,bjk->bki",
    [
      [5, 2, 3],
      [5, 3, 4],
    ],
  ],
  ["i,j->ij", [[4], [5]]],
  ["ij,k->", [[4, 5], [6]]],
  [
    "ij,jk,kl,lm->im",
    [
      [9, 2],
      [2, 8],
      [8, 3],
      [3, 7],
    ],
  ],
  ["ijk,jl,kl,l->i", [[3, 4, 5], [4, 6], [5, 6], [6]]],
  [
    "iij,jk,...k->i...",
    [
      [3, 3, 2],
      [2, 1],
      [4, 5],
    ],
  ],
])("%s of %j multiplies as often as its path says", (spec, shapes) => {
  const { watch, multiplications } = countingTrace();
  einsum(spec, ...shapes.map((shape) => watch(ones(shape))));
  expect(multiplications()).toBe(einsumPath(spec, ...shapes).multiplications);
});

test.each([0, 1, 2, 7, 64, 1000])(
  "prod multiplies n - 1 times and cumprod at most 2 n times, n = %d",
  (n) => {
    const product = countingTrace();
    prod(product.watch(ones([n])));
    expect(product.multiplications()).toBe(Math.max(0, n - 1));
    const running = countingTrace();
    cumprod(running.watch(ones([n])));
    expect(running.multiplications()).toBeLessThanOrEqual(2 * n);
  },
);

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import * as ct from "@cotangent/core-tensor";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, hessian, jacfwd, jacrev } from "@cotangent/autodiff";

const vectors = fc
  .array(fc.constantFrom(0, 0, 1, -2, 0.5, 3), { minLength: 1, maxLength: 6 })
  .map((values) => tensor(values));
const values = (x: Tensor) => Array.from(x.toTypedArray(), (y) => y + 0);
const without = (x: Tensor, ...skipped: number[]) =>
  values(x)
    .filter((_, i) => !skipped.includes(i))
    .reduce((a, b) => a * b, 1) + 0;

describe("derivatives of products, with any number of zeros", () => {
  test("d prod / dx_i is the product of the others", () => {
    fc.assert(
      fc.property(vectors, (x) => {
        const want = values(x).map((_, i) => without(x, i));
        expect(values(grad((y: Tensor) => ct.prod(y))(x))).toEqual(want);
      }),
    );
  });
  test("d^2 prod / dx_i dx_j is the product of the others, and 0 for i = j", () => {
    fc.assert(
      fc.property(vectors, (x) => {
        const want = values(x).flatMap((_, i) => values(x).map((__, j) => (i === j ? 0 : without(x, i, j))));
        expect(values(hessian((y: Tensor) => ct.prod(y))(x))).toEqual(want);
      }),
    );
  });
  test("d cumprod_k / dx_i is the product of the others up to k, in both modes", () => {
    fc.assert(
      fc.property(vectors, (x) => {
        const n = x.size;
        const want = values(x).flatMap((_, k) =>
          values(x).map((__, i) => (i > k ? 0 : without(x.slice([0, k + 1]), i))),
        );
        for (const jacobian of [jacfwd, jacrev]) {
          const got = jacobian((y: Tensor) => ct.cumprod(y))(x);
          expect([got.shape, values(got)]).toEqual([[n, n], want]);
        }
      }),
    );
  });
});

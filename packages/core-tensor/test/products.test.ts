import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  broadcastTo,
  dot,
  matmul,
  outer,
  tensor,
  vdot,
  zeros,
  ShapeError,
  type Tensor,
  arange,
} from "@cotangent/core-tensor";
import { at, build, shapes, tensorsOf } from "./naive.js";

const list = (x: Tensor) => Array.from(x.toTypedArray());

/** sum_k A[..., i, k] B[..., k, j], with leading axes broadcast. */
function naive(a: Tensor, b: Tensor): Tensor {
  const k = a.shape[a.ndim - 1]!;
  const batch = zeros(a.shape.slice(0, -2)).add(zeros(b.shape.slice(0, -2))).shape;
  return build([...batch, a.shape[a.ndim - 2]!, b.shape[b.ndim - 1]!], (index) => {
    const [i, j] = index.slice(-2) as [number, number];
    const lead = index.slice(0, -2);
    let total = 0;
    for (let l = 0; l < k; l++)
      total += at(a, keepOnes(a, [...lead, i, l])) * at(b, keepOnes(b, [...lead, l, j]));
    return total;
  });
}

const keepOnes = (x: Tensor, index: number[]) => index.slice(index.length - x.ndim);
const lengths = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4));

describe("matmul", () => {
  test("of matrices, lengths from 0", () => {
    fc.assert(
      fc.property(
        lengths.chain(([m, k, n]) => fc.tuple(tensorsOf([m, k]), tensorsOf([k, n]))),
        ([a, b]) => {
          expect(matmul(a, b).toArray()).toEqual(naive(a, b).toArray());
          // The transposes that the kernel reads without copying, by way of their copies.
          expect(matmul(b.T, a.T).toArray()).toEqual(naive(a, b).T.toArray());
        },
      ),
    );
  });
  test("with broadcast batches", () => {
    const batches = shapes(0, 2).chain((batch) =>
      fc
        .tuple(fc.nat(batch.length), fc.nat(batch.length), fc.constantFrom("left", "right", "none"), lengths)
        .chain(([p, q, ones, [m, k, n]]) => {
          const left = batch.slice(p).map((length) => (ones === "left" ? 1 : length));
          const right = batch.slice(q).map((length) => (ones === "right" ? 1 : length));
          return fc.tuple(tensorsOf([...left, m, k]), tensorsOf([...right, k, n]));
        }),
    );
    fc.assert(
      fc.property(batches, ([a, b]) => {
        const want = naive(a, b);
        const got = matmul(a, b);
        expect([got.shape, list(got)]).toEqual([want.shape, list(want)]);
      }),
    );
  });
  test("of vectors", () => {
    fc.assert(
      fc.property(
        fc
          .tuple(fc.nat(3), fc.nat(3))
          .chain(([m, n]) => fc.tuple(tensorsOf([m]), tensorsOf([m, n]), tensorsOf([n]))),
        ([x, a, y]) => {
          expect(list(matmul(x, a))).toEqual(
            list(naive(x.reshape([1, -1].map((l) => (x.size === 0 && l < 0 ? 0 : l))), a)),
          );
          expect(list(matmul(a, y))).toEqual(list(naive(a, y.reshape([y.size, 1]))));
          expect(matmul(x, x).item()).toBe(list(x).reduce((t, v) => t + v * v, 0));
          expect(vdot(y, y).item()).toBe(dot(y, y).item());
          expect(list(outer(x, y))).toEqual(list(x.reshape([x.size, 1]).mul(y)));
        },
      ),
    );
  });
  test("dot keeps all axes of both sides", () => {
    const [a, b] = [arange(6).reshape([2, 3]), arange(60).reshape([4, 3, 5])];
    const product = dot(a, b);
    expect(product.shape).toEqual([2, 4, 5]);
    // out[i, j, k] = sum over l of a[i, l] b[j, l, k]
    expect(product.slice(1, 2, 3).item()).toBe(dot(a.slice(1), b.slice(2, null, 3)).item());
    expect(dot(a.slice(1), b).shape).toEqual([4, 5]);
    expect(() => dot(a, zeros([4, 2, 5]))).toThrow(ShapeError);
  });
  test("of int32 stays int32, of float32 float32", () => {
    const a = tensor(
      [
        [1, 2],
        [3, 4],
      ],
      { dtype: "int32" },
    );
    expect([matmul(a, a).dtype, list(matmul(a, a))]).toEqual(["int32", [7, 10, 15, 22]]);
    expect(matmul(a.astype("float32"), a.astype("float32")).dtype).toBe("float32");
  });
  test("refuses what does not fit", () => {
    expect(() => matmul(zeros([3, 4]), zeros([5, 2]))).toThrow(
      "matmul: inner dimensions differ: [3, 4] @ [5, 2]",
    );
    expect(() => matmul(zeros([2, 1, 1]), zeros([3, 1, 1]))).toThrow(
      "leading axes of [2, 1, 1] @ [3, 1, 1]: shapes [2] and [3] do not broadcast",
    );
    expect(() => matmul(1, [1])).toThrow("matmul: scalars have no matrix product; use mul");
    expect(() => vdot([1], [1, 2])).toThrow("vdot: shapes differ: [1] and [2]");
    expect(() => broadcastTo([1, 2], [3])).toThrow(ShapeError);
    expect(() => broadcastTo([1], [-1])).toThrow("broadcastTo: [-1] is not a shape");
  });
});

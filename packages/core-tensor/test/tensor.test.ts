import { describe, expect, test } from "@jest/globals";
import {
  arange, argsort, concatenate, cumsum, diag, eye, linalg, logsumexp, matmul, norm, pad, slice, softmax, sort, stack,
  sum, take, tensor, where, zeros, ShapeError, DTypeError,
} from "@cotangent/core-tensor";

describe("a tensor", () => {
  test("broadcasts as NumPy does", () => {
    const a = tensor([[1, 2, 3], [4, 5, 6]]);
    expect(a.add([10, 20, 30]).toArray()).toEqual([[11, 22, 33], [14, 25, 36]]);
    expect(a.add([[100], [200]]).toArray()).toEqual([[101, 102, 103], [204, 205, 206]]);
    expect(tensor([[1], [2]]).mul([[3, 4]]).toArray()).toEqual([[3, 4], [6, 8]]);
    expect(tensor([[[1], [2]]]).add(zeros([2, 1, 3])).shape).toEqual([2, 2, 3]);
    expect(a.sum({ axis: 0 }).toArray()).toEqual([5, 7, 9]);
    expect(a.T.toArray()).toEqual([[1, 4], [2, 5], [3, 6]]);
  });
  test("has the linear algebra", () => {
    const A = tensor([[4, 1, 0], [1, 3, 1], [0.5, 1, 5]]);
    const x = linalg.solve(A, [1, 2, 3]);
    expect(matmul(A, x).sub([1, 2, 3]).norm().item()).toBeLessThan(1e-14);
    const { p, l, u } = linalg.lu([[0, 2], [3, 4]]);
    expect(p.matmul(l).matmul(u).toArray()).toEqual([[0, 2], [3, 4]]);
    const { q, r } = linalg.qr([[1, 2], [3, 4], [5, 6]]);
    expect(q.matmul(r).sub([[1, 2], [3, 4], [5, 6]]).norm().item()).toBeLessThan(1e-14);
    expect(q.T.matmul(q).sub(eye(2)).norm().item()).toBeLessThan(1e-14);
    const L = linalg.cholesky([[4, 2], [2, 3]]);
    expect(L.matmul(L.T).sub([[4, 2], [2, 3]]).norm().item()).toBeLessThan(1e-15);
  });
  test("slices, joins, sorts", () => {
    const x = arange(6).reshape([2, 3]);
    expect(slice(x, null, [null, null, -2]).toArray()).toEqual([[2, 0], [5, 3]]);
    expect(slice(x, -1).toArray()).toEqual([3, 4, 5]);
    expect(pad([1, 2], [[1, 2]]).toArray()).toEqual([0, 1, 2, 0, 0]);
    expect(concatenate([x, x], 1).shape).toEqual([2, 6]);
    expect(stack([1, 2, 3]).toArray()).toEqual([1, 2, 3]);
    expect(sort([3, 1, NaN, 2]).toArray()).toEqual([1, 2, 3, NaN]);
    expect(argsort([3, 1, 2]).toArray()).toEqual([1, 2, 0]);
    expect(take(x, [1, 0, 1], 1).toArray()).toEqual([[1, 0, 1], [4, 3, 4]]);
    expect(diag([1, 2]).toArray()).toEqual([[1, 0], [0, 2]]);
    expect(cumsum([1, 2, 3]).toArray()).toEqual([1, 3, 6]);
  });
  test("functions", () => {
    expect(logsumexp([1000, 1000]).item()).toBeCloseTo(1000 + Math.log(2), 10);
    expect(logsumexp([-Infinity, -Infinity]).item()).toBe(-Infinity);
    expect(sum(softmax([[1, 2, 3], [1000, 0, -1000]])).item()).toBeCloseTo(2, 14);
    expect(norm([3e200, 4e200]).div(5e200).item()).toBeCloseTo(1, 15);
    expect(norm([0, 0]).item()).toBe(0);
    expect(norm([Infinity, 0]).item()).toBe(Infinity);
    expect(where([true, false], 1, [5, 6]).toArray()).toEqual([1, 6]);
    expect(tensor([1, 2], { dtype: "int32" }).mul(2).dtype).toBe("int32");
    expect(tensor([1, 2], { dtype: "float32" }).mul(0.1).dtype).toBe("float32");
  });
  test("errors", () => {
    expect(() => tensor([[1, 2], [3]])).toThrow(ShapeError);
    expect(() => matmul(zeros([3, 4]), zeros([5, 2]))).toThrow("matmul: inner dimensions differ: [3, 4] @ [5, 2]");
    expect(() => tensor([1], { dtype: "float16" as "float32" })).toThrow(DTypeError);
    expect(String(tensor([[1, 2.5], [300, 4]]))).toBe("[[  1, 2.5],\n [300,   4]]");
  });
});

import { describe, expect, test } from "@jest/globals";
import { concatenate, eye, matmul, ones, pad, tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { diagonal, fromFunction, linearSolve, linearSolveWithReport, matrix } from "@cotangent/linsolve";
import { general, symmetric } from "./fixtures.js";
import { reportOf, vector } from "./report-of.js";

const statusOf = (...args: Parameters<typeof reportOf>) => reportOf(...args).status;

describe("counts and residuals", () => {
  test("products of CG: one for each iteration, two of the probe, one for the true residual", () => {
    const got = reportOf(matrix(symmetric(17, false)), vector(17), { method: "cg" });
    expect(got.products).toBe(got.iterations + 3);
    expect(got.history).toHaveLength(got.iterations);
    expect(got.factorisations).toBe(0);
  });
  test("a diagonal with k different elements takes k iterations", () => {
    const d = diagonal(tensor(Float64Array.from({ length: 400 }, (_, i) => 1 + (i % 3))));
    for (const method of ["cg", "minres", "gmres"] as const)
      expect(reportOf(d, vector(400), { method }).iterations).toBe(3);
  });
  test("a function is made dense by n products, and checked by one more", () => {
    const A = general(5);
    const operator = fromFunction((x: Tensor) => matmul(A, x), { shape: [5] });
    expect(reportOf(operator, vector(5), { method: "lu" })).toMatchObject({ products: 6, factorisations: 1 });
    expect(reportOf(matrix(A), vector(5), { method: "lu" })).toMatchObject({
      products: 0,
      factorisations: 1,
    });
  });
  test("an affine function is refused", () => {
    const affine = fromFunction((x: Tensor) => x.add(1), { shape: [3] });
    expect(() => linearSolve(affine, [1, 2, 3])).toThrow(/not linear/);
  });
  test("the residual is the true one, in the units of b", () => {
    const A = symmetric(17, false);
    for (const method of ["cg", "gmres", "lu"] as const) {
      const options = { method, tolerance: { relative: 1e-4 } } as const;
      const { x, report: got } = linearSolveWithReport(A, vector(17).mul(1e6), options);
      const gap = vector(17).mul(1e6).sub(matmul(A, x)).norm().item();
      expect(Math.abs(got.residual - gap)).toBeLessThanOrEqual(1e-8);
      expect(gap).toBeLessThanOrEqual(1e-4 * vector(17).norm().item() * 1e6);
    }
  });
  test("the absolute tolerance is in the units of b", () => {
    const b = vector(17).mul(1e6);
    const loose = reportOf(symmetric(17, false), b, {
      method: "cg",
      tolerance: { relative: 0, absolute: 1 },
    });
    expect(loose.status).toBe("converged");
    expect(loose.residual).toBeLessThanOrEqual(1);
    expect(loose.residual).toBeGreaterThan(1e-6);
  });
  test("the condition number is that of the matrix, of a large one within a factor of 3", () => {
    const hilbert = (n: number) =>
      tensor(
        Float64Array.from({ length: n * n }, (_, k) => 1 / (Math.floor(k / n) + (k % n) + 1)),
        { shape: [n, n] },
      );
    /** A ⊕ I, of n unknowns: for these A, of the same condition. */
    const beside = (A: Tensor, n: number) => {
      const rest = n - A.shape[0]!;
      const I = eye(n).mul(concatenate([zeros([n - rest]), ones([rest])]));
      return pad(A, [
        [0, rest],
        [0, rest],
      ]).add(I);
    };
    // Higham, "Accuracy and Stability of Numerical Algorithms", table 28.1: kappa_1 of Hilbert matrices is known
    const known = [
      [2, 27],
      [3, 748],
      [4, 28375],
      [5, 943656],
      [8, 3.3872791e10],
    ] as const;
    for (const [n, kappa] of known) {
      for (const method of ["lu", "cholesky"] as const) {
        const { condition } = reportOf(hilbert(n), vector(n), { method });
        expect(condition! / kappa).toBeCloseTo(1, 3);
        const { condition: ofLarge } = reportOf(beside(hilbert(n), 40), vector(40), { method });
        expect(ofLarge).toBeGreaterThan(kappa / 3.01);
        expect(ofLarge).toBeLessThan(kappa * 1.01);
      }
    }
    expect(statusOf(hilbert(8), vector(8))).toBe("converged");
    expect(statusOf(hilbert(14), vector(14), { method: "lu" })).toBe("singular");
  });
  test("diagonal matrices of any units are not singular", () => {
    const d = tensor([
      [1e-100, 0, 0],
      [0, 1, 0],
      [0, 0, 1e100],
    ]);
    for (const method of ["auto", "lu", "qr", "cholesky"] as const) {
      const { x, report: got } = linearSolveWithReport(d, [1e-100, 1, 1e100], { method });
      expect(got.status).toBe("converged");
      expect(x.toArray()).toEqual([1, 1, 1]);
    }
  });
});

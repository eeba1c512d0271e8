import { describe, expect, test } from "@jest/globals";
import { zeros, type Tensor } from "@cotangent/core-tensor";
import { TreeError } from "@cotangent/autodiff";
import { fromFunction, linearSolve, matrix } from "@cotangent/linsolve";
import { general, symmetric } from "./fixtures.js";
import { reportOf, vector } from "./report-of.js";

describe("right-hand sides", () => {
  test("are scaled: neither their size nor the one of A matters", () => {
    for (const method of ["lu", "cholesky", "qr", "cg", "minres", "gmres", "bicgstab", "normalCg"] as const) {
      const [A, b] = [symmetric(9, false), vector(9)];
      const plain = reportOf(A, b, { method });
      for (const factor of [2 ** -900, 2 ** 900]) {
        const scaled = reportOf(A, b.mul(factor), { method });
        expect(scaled).toMatchObject({ status: "converged", iterations: plain.iterations });
        expect(scaled.residual).toBeLessThanOrEqual(1e-12 * b.norm().item() * factor);
      }
    }
  });
  test("of zeros cost nothing", () => {
    const never = fromFunction(
      (): Tensor => {
        throw new Error("applied");
      },
      { shape: [3] },
    );
    expect(reportOf(never, zeros([3]))).toMatchObject({
      status: "converged",
      products: 0,
      iterations: 0,
      residual: 0,
    });
  });
  test("must fit", () => {
    expect(() => linearSolve(general(3), [1, 2])).toThrow(TreeError);
    expect(() =>
      linearSolve(matrix(general(3), { like: { a: zeros([3]) } }), { b: [1, 2, 3] } as never),
    ).toThrow(TreeError);
  });
});

import { describe, expect, test } from "@jest/globals";
import { matmul, ShapeError, tensor, ValueError, zeros, type Tensor } from "@cotangent/core-tensor";
import { TreeError, vjp } from "@cotangent/autodiff";
import {
  fromFunction,
  identity,
  linearSolve,
  linearSolveWithReport,
  type LinearSolveOptions,
  type SolveReport,
} from "@cotangent/linsolve";
import { general, symmetric } from "./fixtures.js";
import { reportOf, vector } from "./report-of.js";

describe("options", () => {
  const A = symmetric(17, false);
  const b = vector(17);
  test("x0: the solution itself takes no iteration", () => {
    const x0 = linearSolve(A, b);
    for (const method of ["cg", "minres", "gmres", "bicgstab", "normalCg"] as const) {
      expect(reportOf(A, b, { method, x0 }).iterations).toBe(0);
      expect(reportOf(A, b, { method, x0: x0.mul(2) }).status).toBe("converged");
    }
  });
  test("preconditioner: the inverse takes one iteration", () => {
    const inverse = fromFunction((r: Tensor) => linearSolve(A, r), { shape: [17] });
    for (const method of ["cg", "minres", "gmres", "bicgstab", "normalCg"] as const) {
      expect(reportOf(A, b, { method, preconditioner: inverse }).iterations).toBeLessThanOrEqual(2);
    }
  });
  test("preconditioner: one that is not symmetric, for solves with A^T as well", () => {
    const G = general(30);
    const near = fromFunction((r: Tensor) => linearSolve(G.add(general(30, 8).mul(1e-3)), r), {
      shape: [30],
    });
    for (const method of ["gmres", "bicgstab", "normalCg"] as const) {
      const reports: SolveReport[] = [];
      const options: LinearSolveOptions = {
        method,
        preconditioner: near,
        onReport: (each) => reports.push(each),
      };
      const { pullback } = vjp((rhs: Tensor) => linearSolve(G, rhs, options), vector(30));
      const y = pullback(vector(30, 4))[0];
      expect(matmul(G.T, y).sub(vector(30, 4)).norm().item()).toBeLessThan(1e-11);
      for (const each of reports) expect(each.iterations).toBeLessThan(12);
      expect(reports).toHaveLength(2);
    }
  });
  test("ridge solves with A + ridge I", () => {
    const singular = tensor([
      [1, 1],
      [1, 1],
    ]);
    const x = linearSolve(singular, [2, 2], { ridge: 2 });
    expect(x.toArray()).toEqual([0.5, 0.5]);
    for (const method of ["cg", "gmres", "cholesky"] as const) {
      const gap = linearSolve(singular, [2, 2], { ridge: 2, method }).sub(0.5).norm().item();
      expect(gap).toBeLessThan(1e-14);
    }
  });
  test("structure: checked, not trusted", () => {
    expect(reportOf(general(5), vector(5), { structure: "positiveDefinite" })).toMatchObject({
      method: "lu",
      status: "converged",
    });
    expect(reportOf(symmetric(5, false), vector(5), { structure: "general" }).method).toBe("lu");
    expect(reportOf(symmetric(5, false), vector(5)).method).toBe("cholesky");
  });
  test("that make no sense are refused", () => {
    const refused: LinearSolveOptions[] = [
      { tolerance: { relative: -1 } },
      { tolerance: { absolute: NaN } },
      { maxIterations: 1.5 },
      { ridge: NaN },
      { method: "gmres", restart: 0 },
      { method: "nothing" as never },
    ];
    for (const options of refused) expect(() => linearSolve(A, b, options)).toThrow(ValueError);
    expect(() => linearSolve(A, b, { preconditioner: identity(zeros([3])) })).toThrow(ShapeError);
    expect(() => linearSolve(A, b, { x0: zeros([3]) })).toThrow(TreeError);
    expect(() => linearSolve(tensor([[1, 2]]), [1], { method: "qr" })).toThrow(/not unique/);
    expect(() => linearSolve(tensor([[1], [2]]), [1, 2])).toThrow(/least squares/);
  });
  test("float32 systems are solved to float32 accuracy", () => {
    const single = symmetric(9, false).astype("float32");
    for (const method of ["auto", "cg", "gmres"] as const) {
      const { x, report: got } = linearSolveWithReport(single, vector(9), { method });
      expect(x.dtype).toBe("float32");
      expect(got.status).toBe("converged");
      expect(got.relativeResidual).toBeLessThan(1e-5);
    }
  });
});

import { describe, expect, test } from "@jest/globals";
import { matmul, ones, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, hvp, jvp, vjp } from "@cotangent/autodiff";
import { checkDerivatives } from "@cotangent/autodiff/testing";
import { linearSolve, type SolveReport } from "@cotangent/linsolve";
import { numbers } from "./fixtures.js";

const gap = (x: Tensor, y: Tensor): number => x.sub(y).norm().item() / (1 + y.norm().item());

describe("least squares", () => {
  const T = tensor(numbers(15, 21)).reshape([5, 3]);
  const rhs = tensor(numbers(5, 22));
  const normalEquations = (M: Tensor, y: Tensor) =>
    linearSolve(matmul(M.T, M), matmul(M.T, y), { method: "lu" });

  test.each(["qr", "normalCg"] as const)("%s", (method) => {
    const reports: SolveReport[] = [];
    const f = (M: Tensor, y: Tensor) =>
      linearSolve(M, y, { method, onReport: (report) => reports.push(report) });
    expect(gap(f(T, rhs), normalEquations(T, rhs))).toBeLessThan(1e-12);
    const [toT, toRhs] = vjp(f, T, rhs).pullback(ones([3]));
    const [wantedT, wantedRhs] = vjp(normalEquations, T, rhs).pullback(ones([3]));
    expect(gap(toT, wantedT)).toBeLessThan(1e-11);
    expect(gap(toRhs, wantedRhs)).toBeLessThan(1e-11);
    checkDerivatives(f, [T, rhs], { order: 2, directions: 1 });
    if (method === "qr") {
      reports.length = 0;
      vjp(f, T, rhs).pullback(ones([3]));
      expect(reports.reduce((total, report) => total + report.factorisations, 0)).toBe(1);
    }
  });

  test.each(["qr", "normalCg"] as const)("%s, of third order", (method) => {
    const direction = tensor(numbers(15, 23)).reshape([5, 3]);
    const third = (solve: (M: Tensor, y: Tensor) => Tensor) => {
      const f = (M: Tensor) => solve(M, rhs).sum();
      return [
        grad((M: Tensor) => hvp(f, M, direction).mul(direction).sum())(T),
        jvp((M: Tensor) => hvp(f, M, direction), [T], [direction]).tangent,
        vjp((M: Tensor) => hvp(f, M, direction), T).pullback(direction)[0],
      ];
    };
    const got = third((M, y) => linearSolve(M, y, { method }));
    third(normalEquations).forEach((wanted, i) => expect(gap(got[i]!, wanted)).toBeLessThan(1e-9));
  });
});

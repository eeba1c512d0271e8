import { describe, expect, test } from "@jest/globals";
import { matmul, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, hvp } from "@cotangent/autodiff";
import {
  fromFunction,
  linearSolve,
  linearSolver,
  linearSolveWithReport,
  type SolveReport,
} from "@cotangent/linsolve";

const A = tensor([
  [4, 1, -2],
  [0, 3, 5],
  [1, -7, 6],
]);

describe("linearSolver", () => {
  test("factors once for all right-hand sides and their derivatives", () => {
    const reports: SolveReport[] = [];
    const solver = linearSolver(A, { method: "lu", onReport: (report) => reports.push(report) });
    for (const b of [
      [1, 2, 3],
      [0, 1, 0],
    ]) {
      expect(matmul(A, solver.solve(b)).sub(b).norm().item()).toBeLessThan(1e-14);
    }
    grad((b: Tensor) => solver.solve(b).sum())(tensor([1, 2, 3]));
    expect(reports).toHaveLength(4);
    expect(reports.reduce((total, report) => total + report.factorisations, 0)).toBe(1);
  });

  test("takes another tolerance for one solve", () => {
    const S = A.T.matmul(A);
    const iterations: number[] = [];
    const onReport = ({ iterations: count }: SolveReport): number => iterations.push(count);
    const solver = linearSolver(S, { method: "cg", onReport });
    solver.solve([1, 2, 3], { tolerance: { relative: 0.9 } });
    solver.solve([1, 2, 3]);
    expect(iterations[0]).toBeLessThan(iterations[1]!);
  });
});

test("a symmetric matrix need not have a symmetric derivative", () => {
  // A claim of symmetry holds for the numbers of M, not for its direction: the second derivative must not use it.
  const M = tensor([
    [2, 1],
    [1, 3],
  ]);
  const direction = tensor([
    [0, 1],
    [0, 0],
  ]);
  const value = (symmetric: boolean) => (m: Tensor) =>
    linearSolve(
      fromFunction((x: Tensor) => m.matmul(x), { shape: [2], symmetric }),
      [1, 2],
    )
      .mul([1, 0])
      .sum();
  const [claimed, plain] = [true, false].map((symmetric) => hvp(value(symmetric), M, direction));
  expect(claimed!.sub(plain!).norm().item()).toBeLessThan(1e-14);
});

test("a matrix that is small by cancellation is not taken for a nonlinear function", () => {
  const small = fromFunction(
    (x: Tensor) =>
      x.sub(
        x
          .mul(1 - 1e-12)
          .add(x.mul(1 / 3))
          .sub(x.mul(1 / 3)),
      ),
    { shape: [3] },
  );
  const { status } = linearSolveWithReport(small, [1, 2, 3], { method: "lu" }).report;
  expect(status).toBe("converged");
  const affine = fromFunction((x: Tensor) => x.add(1), { shape: [3] });
  expect(() => linearSolve(affine, [1, 2, 3], { method: "lu" })).toThrow("not linear");
});

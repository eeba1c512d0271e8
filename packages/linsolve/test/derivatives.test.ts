import { describe, expect, test } from "@jest/globals";
import { matmul, outer, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, hvp, jvp, linearize, vjp } from "@cotangent/autodiff";
import { fromFunction, linearSolve, matrix, type SolveReport } from "@cotangent/linsolve";

const A0 = tensor([
  [4, 1, -2],
  [0.5, 3, 1],
  [-1, 2, 5],
]);
const b0 = tensor([1, -2, 3]);
const far = (x: Tensor, y: Tensor) => x.sub(y).norm().item();

describe("first", () => {
  test("gradient", () => {
    const [gA, gb] = grad(
      (A: Tensor, b: Tensor) =>
        linearSolve(A, b)
          .mul(tensor([1, 2, -1]))
          .sum(),
      { argnums: [0, 1] },
    )(A0, b0);
    const x = linearSolve(A0, b0);
    const l = linearSolve(A0.T, tensor([1, 2, -1]));
    expect(far(gb, l)).toBeLessThan(1e-14);
    expect(far(gA, outer(l, x).neg())).toBeLessThan(1e-14);
    for (const method of ["lu", "qr", "gmres", "bicgstab", "normalCg"] as const) {
      const reports: SolveReport[] = [];
      const onReport = (r: SolveReport) => reports.push(r);
      const f = (A: Tensor) =>
        linearSolve(
          fromFunction((x: Tensor) => matmul(A, x), { shape: [3] }),
          b0,
          { method, onReport },
        );
      const { pullback, pushforward } = linearize(f, A0);
      expect(far(pullback(tensor([1, 2, -1]))[0], outer(l, x).neg())).toBeLessThan(1e-11);
      pullback(tensor([1, 2, 0]));
      const dA = tensor([
        [1, 2, 3],
        [0, 1, 0],
        [2, 2, 2],
      ]);
      expect(far(pushforward(dA), linearSolve(A0, matmul(dA, x).neg()))).toBeLessThan(1e-11);
      const f1 = reports.reduce((t, r) => t + r.factorisations, 0);
      expect(f1).toBe(["lu", "qr"].includes(method) ? 1 : 0);
      // second order
      const g = (A: Tensor) => f(A).square().sum();
      const H = hvp(g, A0, dA);
      const h = 1e-5;
      const fd = grad(g)(A0.add(dA.mul(h)))
        .sub(grad(g)(A0.sub(dA.mul(h))))
        .div(2 * h);
      expect(far(H, fd)).toBeLessThan(1e-7);
      // reverse over reverse
      const rr = grad((A: Tensor) => grad(g)(A).mul(dA).sum())(A0);
      expect(far(H, rr)).toBeLessThan(1e-10);
      // grad of jvp
      const rj = grad((A: Tensor) => jvp(g, [A], [dA]).tangent)(A0);
      expect(far(H, rj)).toBeLessThan(1e-10);
    }
  });
});

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { linalg, tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { grad, jacobian } from "@cotangent/autodiff";
import { unroll } from "@cotangent/implicit";
import { newton } from "@cotangent/solvers";

const rosenbrock = (x: Tensor): Tensor => {
  const [a, b] = [x.slice(0), x.slice(1)];
  return a.sub(1).square().add(b.sub(a.square()).square().mul(100));
};

describe("newton", () => {
  test("solves a quadratic in one step", () => {
    const Q = tensor([
      [4, 1],
      [1, 3],
    ]);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 2 }),
        (b) => {
          const fun = (x: Tensor, c: Tensor): Tensor => Q.matmul(x).dot(x).mul(0.5).sub(c.dot(x));
          const solution = newton({ fun, tolerance: 1e-12 }).run(zeros([2]), tensor(b));
          expect(solution.iterations).toBeLessThanOrEqual(3);
          expect(solution.x.sub(linalg.solve(Q, b)).norm().item()).toBeLessThan(
            1e-13 * (1 + Math.hypot(...b)),
          );
        },
      ),
    );
  });

  test("gets through a curved, indefinite valley", () => {
    const solution = newton({ fun: rosenbrock, tolerance: 1e-10 }).run(tensor([-1.2, 1]));
    expect(solution.status).toBe("converged");
    expect(solution.x.sub([1, 1]).norm().item()).toBeLessThan(1e-9);
    // from where the Hessian is indefinite
    expect(newton({ fun: rosenbrock }).run(tensor([0, 1])).status).toBe("converged");
  });

  test("x is a tree, and the derivative is that of the solution", () => {
    const fun = (x: { u: Tensor; v: Tensor }, t: Tensor): Tensor =>
      x.u
        .exp()
        .sub(x.u.mul(t))
        .add(x.v.sub(t.mul(x.u)).square().sum());
    const solver = newton({ fun, tolerance: 1e-12 });
    const start = { u: 0, v: zeros([2]) };
    expect(grad((t: Tensor) => solver.run(start, t).x.u)(2).item()).toBeCloseTo(0.5, 12);
    const want = Math.log(2) + 1;
    expect(
      jacobian((t: Tensor) => solver.run(start, t).x.v)(2)
        .sub(want)
        .norm()
        .item(),
    ).toBeLessThan(1e-11);
  });

  test("unrolled, it has the derivative of the solution too", () => {
    const fun = (x: Tensor, t: Tensor): Tensor => x.exp().sub(x.mul(t)).sum();
    const solver = newton({ fun, tolerance: 1e-12, adjoint: unroll() });
    expect(grad((t: Tensor) => solver.run(zeros([1]), t).x.sum())(3).item()).toBeCloseTo(1 / 3, 12);
  });

  test("says what went wrong", () => {
    const options = { onFailure: "return", maxIterations: 50 } as const;
    const status = (fun: (x: Tensor) => Tensor, x0: number): string =>
      newton({ fun, ...options }).run(x0).status;
    expect(status((x) => x.log(), -1)).toBe("nonFinite");
    expect(status((x) => x.neg(), 0)).toMatch(/diverged|maxIterations/);
    expect(newton({ fun: (x: Tensor) => x.square().sum() }).run(zeros([0])).status).toBe("converged");
  });
});

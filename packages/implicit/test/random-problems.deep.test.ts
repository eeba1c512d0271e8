import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { eye, linalg, tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { grad, hessian, jacfwd, jacrev } from "@cotangent/autodiff";
import { auto, direct, implicit, krylov, root, stationary } from "@cotangent/implicit";
import { distance } from "./problems.js";

/*
 * Random strictly convex problems f(x, theta) = 1/2 x'x + sum softplus(K x - theta), solved by Newton's method, of up
 * to 25 unknowns and 25 parameters. The error of x(theta + h v) - x(theta) - h J v must fall as h^2.
 */
const problem = fc
  .tuple(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 25 }), fc.integer())
  .map(([unknowns, parameters, seed]) => {
    const wave = (rows: number, columns: number, phase: number): Tensor =>
      tensor(
        new Float64Array(rows * columns).map((_, i) => Math.sin(12.9898 * (i + 1) * (phase + 1) + seed)),
        { shape: [rows, columns] },
      );
    return {
      K: wave(parameters, unknowns, 1),
      theta: wave(1, parameters, 2).ravel(),
      v: wave(1, parameters, 3).ravel(),
    };
  });

const objective = (K: Tensor) => (x: Tensor, theta: Tensor) =>
  x.square().sum().mul(0.5).add(K.matmul(x).sub(theta).softplus().sum());

function newton(K: Tensor, theta: Tensor): Tensor {
  const f = (x: Tensor): Tensor => objective(K)(x, theta);
  let x = zeros([K.shape[1]!]);
  for (let k = 0; k < 30; k++) x = x.sub(linalg.solve(hessian(f)(x), grad(f)(x)));
  return x;
}

test.each([auto(), direct(), krylov()])("$name on random problems", (adjoint) => {
  fc.assert(
    fc.property(problem, ({ K, theta, v }) => {
      const solve = (t: Tensor): Tensor => newton(K, t);
      const f = implicit({ solve, conditions: stationary(objective(K)), adjoint });
      const J = jacfwd(f)(theta);
      expect(distance(jacrev(f)(theta), J)).toBeLessThan(1e-10);
      const base = solve(theta);
      const Jv = J.matmul(v);
      const error = (h: number): number =>
        solve(theta.add(v.mul(h)))
          .sub(base)
          .sub(Jv.mul(h))
          .norm()
          .item();
      const scale = Jv.norm().item() + base.norm().item();
      const coarse = Math.max(error(1e-1) / 100, error(1e-2));
      // quadratic: 100 times smaller for a ten times smaller step, until rounding takes over; two coarse steps, because
      // the terms of second and third order can cancel at one of them
      expect(error(1e-3)).toBeLessThanOrEqual(coarse / 50 + 1e-12 * scale);
    }),
    { numRuns: 40 },
  );
});

test("non-symmetric systems: A(theta) x = b(theta)", () => {
  fc.assert(
    fc.property(problem, ({ K, theta }) => {
      const n = K.shape[1]!;
      const A = eye(n)
        .mul(3)
        .add(K.T.matmul(K).sub(K.sum().mul(0.01)).tril());
      const F = (x: Tensor, t: Tensor): Tensor => A.matmul(x).add(x.tanh()).sub(K.T.matmul(t));
      const solve = (t: Tensor): Tensor => {
        let x = zeros([n]);
        for (let k = 0; k < 50; k++) x = x.sub(linalg.solve(jacfwd((y: Tensor) => F(y, t))(x), F(x, t)));
        return x;
      };
      const f = implicit({ solve, conditions: root(F) });
      const x = solve(theta);
      const slope = eye(n).sub(x.tanh().square().diag());
      const want = linalg.solve(A.add(slope), K.T);
      expect(distance(jacfwd(f)(theta), want)).toBeLessThan(1e-9);
      expect(distance(jacrev(f)(theta), want)).toBeLessThan(1e-9);
    }),
    { numRuns: 40 },
  );
});

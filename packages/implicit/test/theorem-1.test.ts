import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { eye, linalg, tensor, type Tensor } from "@cotangent/core-tensor";
import { jacfwd } from "@cotangent/autodiff";
import { fixedPoint, implicit, oneStep, root, stationary } from "@cotangent/implicit";

/*
 * Theorem 1 of Blondel et al. (2022): with A = -dF/dx of smallest singular value alpha and Lipschitz constant gamma,
 * B = dF/dtheta of norm R and Lipschitz constant beta, the Jacobian taken at x* + delta is wrong by at most
 * (beta / alpha + gamma R / alpha^2) ‖delta‖.
 */
const entries = (count: number) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: count, maxLength: count });
const matrix = (rows: number, columns: number) =>
  entries(rows * columns).map((values) => tensor(new Float64Array(values), { shape: [rows, columns] }));
const direction = (n: number) =>
  entries(n)
    .filter((v) => Math.hypot(...v) > 0.1)
    .map((v) => tensor(v));
const norm = (x: Tensor): number => x.norm().item();

describe("an approximate solution gives an approximate derivative", () => {
  test("ridge: the error is exactly ‖H^-1 delta‖", () => {
    fc.assert(
      fc.property(
        matrix(6, 3),
        entries(6),
        direction(3),
        fc.integer({ min: 1, max: 10 }),
        (X, y, delta, digits) => {
          const H = X.T.matmul(X).add(eye(3));
          const exact = linalg.solve(H, X.T.matmul(y));
          const shift = delta.mul(10 ** -digits);
          const f = (x: Tensor) =>
            implicit({
              solve: () => x,
              conditions: stationary((w: Tensor, theta: Tensor) =>
                X.matmul(w).sub(y).square().sum().add(theta.mul(w.square().sum())).mul(0.5),
              ),
              certify: false,
            });
          const error = norm(jacfwd(f(exact.add(shift)))(1).sub(jacfwd(f(exact))(1)));
          const want = norm(linalg.solve(H, shift));
          // both Jacobians carry rounding errors of about 1e-16 times their size, far below 1e-10 * 1e-3
          expect(Math.abs(error - want)).toBeLessThanOrEqual(1e-3 * want + 1e-14 * (1 + norm(exact)));
        },
      ),
    );
  });

  test("a nonlinear problem: linear in ‖delta‖, with a slope below beta/alpha + gamma R/alpha^2", () => {
    // F = S x + K^T tanh(K x - theta), S = I: alpha >= 1; sech^2 has the Lipschitz constant 4/(3 sqrt 3)
    const lipschitz = 4 / (3 * Math.sqrt(3));
    fc.assert(
      fc.property(matrix(4, 3), entries(4), direction(3), (K, theta, delta) => {
        const F = (x: Tensor, t: Tensor) => x.add(K.T.matmul(K.matmul(x).sub(t).tanh()));
        const exact = newton((x) => F(x, tensor(theta)), tensor([0, 0, 0]));
        const jacobianAt = (x: Tensor) =>
          jacfwd(implicit({ solve: () => x, conditions: root(F), certify: false }))(tensor(theta));
        const truth = jacobianAt(exact);
        const k = norm(K);
        const slope = lipschitz * k ** 2 + lipschitz * k ** 3 * k;
        const unit = delta.div(norm(delta));
        const errors = [1e-3, 1e-4, 1e-5].map((size) =>
          norm(jacobianAt(exact.add(unit.mul(size))).sub(truth)),
        );
        errors.forEach((error, i) => {
          expect(error).toBeLessThanOrEqual(slope * 10 ** -(i + 3) + 1e-14);
        });
        // linear: ten times closer, ten times better, where the first-order term does not (nearly) vanish
        if (errors[2]! > 0.1 * 1e-5) {
          expect(errors[1]! / errors[2]!).toBeGreaterThan(8);
          expect(errors[1]! / errors[2]!).toBeLessThan(12.5);
        }
      }),
    );
  });

  test("one step: the error follows the contraction rate", () => {
    fc.assert(
      fc.property(matrix(3, 3), fc.double({ min: 0.01, max: 0.9, noNaN: true }), (raw, rate) => {
        const M = raw.mul(rate / Math.max(norm(raw), 1e-3));
        const T = (x: Tensor, theta: Tensor) => M.matmul(x).add(theta);
        const solve = (theta: Tensor) => linalg.solve(eye(3).sub(M), theta);
        const f = implicit({ solve, conditions: fixedPoint(T), adjoint: oneStep() });
        const error = norm(jacfwd(f)(tensor([1, 2, 3])).sub(linalg.solve(eye(3).sub(M), eye(3))));
        const bound = norm(M);
        // ‖I - (I - M)^-1‖ = ‖M (I - M)^-1‖
        expect(error).toBeLessThanOrEqual((bound / (1 - bound)) * (1 + 1e-12) + 1e-15);
        expect(error).toBeGreaterThanOrEqual((bound / (1 + bound)) * (1 - 1e-12) - 1e-15);
      }),
    );
  });
});

function newton(f: (x: Tensor) => Tensor, start: Tensor): Tensor {
  let x = start;
  for (let k = 0; k < 50; k++) x = x.sub(linalg.solve(jacfwd(f)(x), f(x)));
  return x;
}

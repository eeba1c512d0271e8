import { describe, expect, test } from "@jest/globals";
import { grad, hvp, jacfwd, jacrev, jvp, tree } from "@cotangent/autodiff";
import { checkDerivatives } from "@cotangent/autodiff/testing";
import { softplus, tensor, TracedValueError, type Tensor } from "@cotangent/core-tensor";
import { direct, krylov, oneStep, unroll } from "@cotangent/implicit";
import {
  gradientDescent,
  mirrorDescent,
  projectedGradient,
  projection,
  prox,
  proximalGradient,
} from "@cotangent/solvers";
import { fixtures } from "./fixtures.js";
import { relativeError } from "./relative-error.js";

const [X, y] = [tensor(fixtures.regression_10x3.X), tensor(fixtures.regression_10x3.y)];
const zero = tensor([0, 0, 0]);

/** Not symmetric, no two rows alike. */
const A = tensor([
  [2, -1, 0.5],
  [0.3, 1.5, -0.7],
  [1, 0.2, 3],
  [-0.4, 0.9, 0.1],
]);

interface Theta {
  b: Tensor;
  lam: Tensor;
  unused: { deep: Tensor[] };
}
const theta: Theta = {
  b: tensor([1, -2, 0.5, 3]),
  lam: tensor(0.4),
  unused: { deep: [tensor([[1, 2]]), tensor(5)] },
};

/** Smooth, convex and not quadratic, in x and theta. */
const fun = (x: Tensor, { b, lam }: Theta): Tensor =>
  softplus(A.matmul(x).sub(b)).sum().add(x.square().sum().mul(lam));
const tight = { tolerance: 1e-13 };

const solvers = {
  gradientDescent: gradientDescent({ fun, ...tight }),
  proximalGradient: proximalGradient({
    fun,
    prox: (x, { lam }, step) => prox.lasso(x, lam.mul(0.5), step),
    ...tight,
  }),
  projectedGradient: projectedGradient({
    fun,
    projection: (x, { lam }) => projection.l2Ball(x, lam),
    ...tight,
  }),
  "mirrorDescent on the simplex": mirrorDescent({ fun, geometry: "simplex", tolerance: 1e-14 }),
  "mirrorDescent in one's own geometry": mirrorDescent({
    fun,
    geometry: { mirrorMap: (x) => x.mul(tensor([1, 2, 3])), projection: (z) => z.div(tensor([1, 2, 3])) },
    tolerance: 4e-13,
  }),
};
const start = tensor([0.2, 0.5, 0.3]);

describe.each(Object.entries(solvers))("%s", (_, solver) => {
  const solve = (b: Tensor, lam: Tensor): Tensor => solver.run(start, { ...theta, b, lam }).x;

  test("first and second derivatives agree with the solutions themselves, in both modes", () => {
    checkDerivatives(solve, [theta.b, theta.lam], { order: 2, directions: 1 });
  });

  test("forward and reverse mode give the same derivative", () => {
    const forward = jacfwd((b: Tensor) => solve(b, theta.lam))(theta.b);
    const reverse = jacrev((b: Tensor) => solve(b, theta.lam))(theta.b);
    expect(relativeError(forward, reverse)).toBeLessThan(1e-12);
  });

  test("the gradient is a tree like theta, zero where theta is not used", () => {
    const gradient = grad((at: Theta) => solver.run(start, at).x.dot(tensor([1, -2, 5])))(theta);
    expect(tree.norm(gradient.b).item()).toBeGreaterThan(1e-3);
    expect(gradient.unused.deep.map((leaf) => leaf.toArray())).toEqual([[[0, 0]], 0]);
  });

  test("x0 has a derivative of zero", () => {
    const gradient = grad((x0: Tensor) => solver.run(x0, theta).x.square().sum())(start);
    expect(gradient.toArray()).toEqual([0, 0, 0]);
  });

  test("the report lists the linear solves of the derivatives", () => {
    let report: { solves: readonly unknown[] } | undefined;
    grad((b: Tensor) => {
      const solution = solver.run(start, { ...theta, b });
      report = solution.report;
      return solution.x.sum();
    })(theta.b);
    expect(report!.solves.length).toBeGreaterThan(0);
    expect(solver.run(start, theta).report.solves).toEqual([]);
  });
});

describe("adjoints", () => {
  const options = { fun, ...tight };
  const exact = jacrev((b: Tensor) => solvers.gradientDescent.run(start, { ...theta, b }).x)(theta.b);
  const derivative = (solver: typeof solvers.gradientDescent, mode: typeof jacrev | typeof jacfwd): Tensor =>
    mode((b: Tensor) => solver.run(start, { ...theta, b }).x)(theta.b);

  test.each([
    ["direct", direct()],
    ["krylov", krylov()],
    ["unroll", unroll()],
  ])("%s gives the same derivative", (_, adjoint) => {
    expect(relativeError(derivative(gradientDescent({ ...options, adjoint }), jacfwd), exact)).toBeLessThan(
      1e-8,
    );
    expect(relativeError(derivative(gradientDescent({ ...options, adjoint }), jacrev), exact)).toBeLessThan(
      1e-8,
    );
  });

  test("unroll differentiates all loops: proximal, projected, mirrored", () => {
    const lasso = {
      fun,
      prox: (x: Tensor, { lam }: Theta, step: number) => prox.lasso(x, lam.mul(0.5), step),
      ...tight,
    };
    const ball = { fun, projection: (x: Tensor, { lam }: Theta) => projection.l2Ball(x, lam), ...tight };
    const simplex = { fun, geometry: "simplex", tolerance: 1e-14 } as const;
    const adjoint = unroll();
    const pairs = [
      [proximalGradient({ ...lasso, adjoint }), proximalGradient(lasso)],
      [projectedGradient({ ...ball, adjoint }), projectedGradient(ball)],
      [mirrorDescent({ ...simplex, adjoint }), mirrorDescent(simplex)],
    ] as const;
    for (const pair of pairs) {
      const [unrolled, implied] = pair.map((solver) =>
        jacfwd((b: Tensor) => solver.run(start, { ...theta, b }).x)(theta.b),
      );
      expect(relativeError(unrolled!, implied!)).toBeLessThan(1e-7);
    }
  });

  test("one step has an error of the contraction rate", () => {
    // x⁺ = x - step (x - theta) contracts by 1 - step, and one step of it has the derivative step.
    for (const stepSize of [0.5, 0.9, 0.99]) {
      const solver = gradientDescent({
        fun: (x: Tensor, t: Tensor) => x.sub(t).square().div(2),
        stepSize,
        adjoint: oneStep(),
      });
      const approximate = jvp((t: Tensor) => solver.run(0, t).x, [3], [1]).tangent.item();
      expect(1 - approximate).toBeCloseTo(1 - stepSize, 12);
    }
  });

  test("one step of a proximal method uses the solver's step", () => {
    const solver = proximalGradient({
      fun: (x: Tensor, t: Tensor) => x.sub(t).square().sum().div(2),
      prox: (x, _, step) => prox.lasso(x, 0.1, step),
      stepSize: 0.25,
      adjoint: oneStep(),
    });
    const jacobian = jacrev((t: Tensor) => solver.run(zero, t).x)(tensor([3, -2, 0.05]));
    expect(
      relativeError(
        jacobian,
        tensor([
          [0.25, 0, 0],
          [0, 0.25, 0],
          [0, 0, 0],
        ]),
      ),
    ).toBeLessThan(1e-12);
  });
});

describe("solutions as parts of larger computations", () => {
  const ridge = gradientDescent({
    fun: (w: Tensor, lam: Tensor) =>
      X.matmul(w).sub(y).square().mean().div(2).add(w.square().sum().mul(lam).div(2)),
    tolerance: 1e-12,
  });

  test("VJPs of ridge regression with respect to lam, X and y are those of the fixture", () => {
    const fixture = fixtures.ridge_mean_lam5;
    const solver = gradientDescent({
      fun: (w: Tensor, at: { X: Tensor; y: Tensor; lam: Tensor }) =>
        at.X.matmul(w).sub(at.y).square().mean().div(2).add(w.square().sum().mul(at.lam).div(2)),
      tolerance: 1e-11,
    });
    const cotangent = tensor(fixture.cotangent);
    const gradient = grad((at: { X: Tensor; y: Tensor; lam: Tensor }) =>
      solver.run(zero, at).x.dot(cotangent),
    )({
      X,
      y,
      lam: 5,
    });
    expect(relativeError(gradient.lam, tensor(fixture.vjp_lam))).toBeLessThan(1e-8);
    expect(relativeError(gradient.X, tensor(fixture.vjp_X))).toBeLessThan(1e-8);
    expect(relativeError(gradient.y, tensor(fixture.vjp_y))).toBeLessThan(1e-8);
  });

  test("bilevel: a solver inside the objective of another, and the outer one differentiated", () => {
    // Outer: min over s of (mean of the inner solution - t)^2, by gradient descent through the inner solve.
    const outer = gradientDescent({
      fun: (s: Tensor, t: Tensor) => ridge.run(zero, s.exp()).x.mean().sub(t).square(),
      stepSize: 1e-3,
      tolerance: 1e-8,
    });
    const found = outer.run(1.6, 20);
    expect(ridge.run(zero, found.x.exp()).x.mean().item()).toBeCloseTo(20, 5);
    const slope = grad((s: Tensor) => ridge.run(zero, s.exp()).x.mean())(found.x.item()).item();
    expect(grad((t: Tensor) => outer.run(1.6, t).x)(20).item() * slope).toBeCloseTo(1, 5);
  });

  test("the Hessian of a function of the solution, by hvp, is the derivative of its gradient", () => {
    const loss = (lam: Tensor): Tensor => ridge.run(zero, lam).x.square().sum();
    const second = hvp(loss, 5, 1).item();
    const h = 1e-3;
    const slope = (grad(loss)(5 + h).item() - grad(loss)(5 - h).item()) / (2 * h);
    expect(second / slope).toBeCloseTo(1, 6);
  });

  test("a value that is differentiated but captured by fun is refused, not lost", () => {
    const captured = (t: Tensor): Tensor =>
      gradientDescent({ fun: (x: Tensor) => x.sub(t).square() }).run(0).x;
    expect(() => grad(captured)(1)).toThrow(TracedValueError);
  });
});

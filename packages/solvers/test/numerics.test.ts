import { describe, expect, test } from "@jest/globals";
import { grad } from "@cotangent/autodiff";
import { softplus, tensor, type Tensor } from "@cotangent/core-tensor";
import { gradientDescent, projectedGradient, projection, prox, proximalGradient } from "@cotangent/solvers";
import { fixtures } from "./fixtures.js";

const [X, y] = [tensor(fixtures.regression_10x3.X), tensor(fixtures.regression_10x3.y)];
const meanSquares = (w: Tensor): Tensor => X.matmul(w).sub(y).square().mean().div(2);
const [classX, classY] = [tensor(fixtures.classif_20x5x2.X), tensor(fixtures.classif_20x5x2.y)];
const logistic = (w: Tensor): Tensor => {
  const z = classX.matmul(w);
  return softplus(z).sub(z.mul(classY)).mean().add(w.square().sum().mul(0.005));
};
const zeros = (n: number): Tensor => tensor(new Array<number>(n).fill(0));

/** Condition number 10^digits, with all scales between. */
function illConditioned(digits: number): (x: Tensor) => Tensor {
  const curvatures = tensor(Array.from({ length: 16 }, (_, i) => 10 ** ((-digits * i) / 15)));
  return (x) => x.sub(1).square().mul(curvatures).sum().div(2);
}

interface Run {
  readonly acceleration: boolean;
  readonly tolerance: number;
  readonly maxIterations?: number;
}
const smooth = (fun: (x: Tensor) => Tensor, n: number) => (options: Run) =>
  gradientDescent<Tensor, unknown>({ fun, ...options }).run(zeros(n));

const problems: readonly [string, number, (options: Run) => { error: number; status: string; x: Tensor }][] =
  [
    ["ridge", 1e2, smooth((w) => meanSquares(w).add(w.square().sum().mul(2.5)), 3)],
    ["ridge plus a large constant", 1e2, smooth((w) => meanSquares(w).add(w.square().sum()).add(1e7), 3)],
    ["logistic", 1, smooth(logistic, 5)],
    ["condition number 100", 1, smooth(illConditioned(2), 16)],
    ["curvatures of 1e8 to 1e10", 1e10, smooth((x) => illConditioned(2)(x).mul(1e10), 16)],
    ["curvatures of 1e-10 to 1e-8", 1e-8, smooth((x) => illConditioned(2)(x).mul(1e-8), 16)],
    ["a quartic, without curvature at the minimum", 1, smooth((x) => x.sub(1).square().square().sum(), 3)],
    [
      "lasso",
      1e2,
      (options) =>
        proximalGradient({ fun: meanSquares, prox: (w, _, step) => prox.lasso(w, 10, step), ...options }).run(
          zeros(3),
        ),
    ],
    [
      "least squares on a simplex",
      1e2,
      (options) =>
        projectedGradient({ fun: meanSquares, projection: (w) => projection.simplex(w), ...options }).run(
          zeros(3),
        ),
    ],
  ];

describe.each(problems)("%s", (_, scale, run) => {
  test.each([true, false])("reaches 1e-13 of its scale, accelerated: %p", (acceleration) => {
    const { status, error } = run({ acceleration, tolerance: 1e-13 * scale });
    expect(status).toBe("converged");
    expect(error).toBeLessThanOrEqual(1e-13 * scale);
  });
});

describe("far starts", () => {
  test.each([true, false])("the step recovers after a steep beginning, accelerated: %p", (acceleration) => {
    const options = { acceleration, maxIterations: 1000, tolerance: 1e-12 };
    const exponential = (x: Tensor): Tensor => x.exp().sub(x.mul(3)).sum();
    const { x } = gradientDescent({ fun: exponential, ...options }).run(tensor([20, -5, 0]));
    expect(x.sub(Math.log(3)).norm().item()).toBeLessThan(1e-11);
    const barrier = (z: Tensor): Tensor => z.sub(z.log()).sum();
    const { x: z } = gradientDescent({ fun: barrier, ...options }).run(tensor([1e-3, 5, 100]));
    expect(z.sub(1).norm().item()).toBeLessThan(1e-11);
  });

  test("a warm start, where values of f differ by rounding only", () => {
    const steep = (x: Tensor): Tensor => x.sub(1).square().sum().mul(5e7);
    const { status } = gradientDescent({ fun: steep }).run(tensor([1 + 1e-10, 1 + 1e-15]));
    expect(status).toBe("converged");
  });

  test("a non-convex valley", () => {
    const rosenbrock = (p: Tensor): Tensor => {
      const [a, c] = [p.slice(0), p.slice(1)];
      return a.sub(1).square().add(c.sub(a.square()).square().mul(100));
    };
    const { x } = gradientDescent({ fun: rosenbrock, tolerance: 1e-10 }).run(tensor([-1.2, 1]));
    expect(x.sub(1).norm().item()).toBeLessThan(1e-7);
  });
});

describe("the error", () => {
  const solver = gradientDescent({ fun: logistic, acceleration: false, tolerance: 1e-6 });

  test("is the norm of the gradient where the last step started", () => {
    let [before, after] = [zeros(5), zeros(5)];
    const { error } = gradientDescent({
      fun: logistic,
      acceleration: false,
      tolerance: 1e-6,
      onIteration: ({ x }) => ([before, after] = [after, x]),
    }).run(zeros(5));
    expect(error).toBeCloseTo(grad(logistic)(before).norm().item(), 15);
    expect(
      grad(logistic)(solver.run(zeros(5)).x)
        .norm()
        .item(),
    ).toBeLessThanOrEqual(error);
  });

  test("of a projected step is ‖x⁺ - x‖ / step", () => {
    const projected = projectedGradient({
      fun: logistic,
      projection: (w) => projection.l2Ball(w, 0.3),
      acceleration: false,
      stepSize: 0.5,
    });
    const x = tensor([0.1, 0.2, -0.1, 0, 0]);
    const next = projected.update(x, projected.init(x));
    expect(next.state.error).toBeCloseTo(next.x.sub(x).norm().item() / 0.5, 14);
  });
});

describe("how often fun is called", () => {
  /** Calls of fun, not compiled, and iterations of a solve. */
  function count(options: object, fun: (x: Tensor) => Tensor = logistic) {
    let calls = 0;
    const counted = (x: Tensor): Tensor => {
      calls++;
      return fun(x);
    };
    const { iterations } = gradientDescent<Tensor, unknown>({ fun: counted, jit: false, ...options }).run(
      zeros(5),
    );
    return { calls, iterations };
  }

  test.each([{ acceleration: true }, { acceleration: false }])(
    "once per iteration with a constant step: %p",
    (o) => {
      const { calls, iterations } = count({ ...o, stepSize: 0.5 });
      expect(calls).toBe(iterations);
    },
  );

  test("plain, with a search: once at the start and once per trial", () => {
    // Curvature 1 in all directions: the first trial, step 1, is accepted, and ends at the minimum: the second step is none.
    const { calls, iterations } = count({ acceleration: false }, (x) => x.sub(1).square().sum().div(2));
    expect({ calls, iterations }).toEqual({ calls: 2, iterations: 2 });
  });

  test("a shortened step costs one more call", () => {
    // Curvature 4: step 1 is refused, and 0.9 / 4 taken instead.
    const { calls, iterations } = count({ acceleration: false, maxIterations: 1, onFailure: "return" }, (x) =>
      x.sub(1).square().sum().mul(2),
    );
    expect({ calls, iterations }).toEqual({ calls: 3, iterations: 1 });
  });

  test("accelerated, with a search: at the extrapolated point and once per trial", () => {
    const { calls, iterations } = count({ acceleration: true });
    expect(calls).toBeLessThanOrEqual(2.2 * iterations);
  });

  test("a search refuses few steps", () => {
    const { calls, iterations } = count({ acceleration: false });
    expect(calls).toBeLessThanOrEqual(1.3 * iterations + 2);
  });

  test("a solve without derivatives costs nothing more, and a derivative does not solve again", () => {
    let calls = 0;
    const solver = gradientDescent({
      fun: (x: Tensor, theta: Tensor) => {
        calls++;
        return x.sub(theta).square().sum();
      },
      stepSize: 0.25,
      jit: false,
    });
    const { iterations } = solver.run(zeros(3), 1);
    expect(calls).toBe(iterations);
    calls = 0;
    grad((theta: Tensor) => solver.run(zeros(3), theta).x.sum())(1);
    expect(calls).toBeLessThan(iterations + 5);
  });
});

describe("acceleration", () => {
  const iterations = (acceleration: boolean, digits: number): number =>
    gradientDescent({ fun: illConditioned(digits), acceleration, maxIterations: 1e5 }).run(zeros(16))
      .iterations;

  test("pays on ill-conditioned problems", () => {
    expect(3 * iterations(true, 3)).toBeLessThan(iterations(false, 3));
  });

  test("with a constant step takes in the order of sqrt(condition number) iterations", () => {
    const run = (digits: number): number =>
      gradientDescent({ fun: illConditioned(digits), stepSize: 1, maxIterations: 1e5 }).run(zeros(16))
        .iterations;
    // A hundred times the condition number: ten times the iterations, not a hundred.
    expect(run(4)).toBeLessThan(25 * run(2));
  });
});

describe("gradients whose squares leave float64", () => {
  const errorOf = (scale: number): number =>
    gradientDescent<Tensor, unknown>({
      fun: (x) => x.mul([3, 4]).sum().mul(scale),
      stepSize: 1,
      tolerance: 0,
      maxIterations: 1,
      onFailure: "return",
    }).run(zeros(2)).error;

  test.each([1e-200, 1e-300, 1e200, 1e300])("are measured all the same: (3, 4) times %p", (scale) => {
    expect(errorOf(scale) / scale).toBeCloseTo(5, 10);
  });
});

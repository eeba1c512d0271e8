import { describe, expect, test } from "@jest/globals";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { customJvp, grad } from "@cotangent/autodiff";
import {
  gradientDescent,
  mirrorDescent,
  NotConvergedError,
  projectedGradient,
  projection,
  proximalGradient,
  type GradientDescentOptions,
  type Solution,
} from "@cotangent/solvers";

type Options = Omit<GradientDescentOptions<Tensor, unknown>, "fun">;

function minimise(
  fun: (x: Tensor) => Tensor,
  x0: number | number[],
  options: Options = {},
): Solution<Tensor> {
  return gradientDescent<Tensor, unknown>({ fun, onFailure: "return", ...options }).run(tensor(x0));
}

const square = (x: Tensor): Tensor => x.sub(1).square().sum();
const [plain, accelerated] = [{ acceleration: false }, { acceleration: true }];

describe.each([
  ["plain", plain],
  ["accelerated", accelerated],
])("statuses of %s gradient descent", (_, options) => {
  test("converged: the gradient at the end is within the tolerance", () => {
    const { x, status, error } = minimise(square, [5, -3], { ...options, tolerance: 1e-10 });
    expect(status).toBe("converged");
    expect(error).toBeLessThanOrEqual(1e-10);
    expect(grad(square)(x).norm().item()).toBeLessThanOrEqual(1e-10);
  });

  test("maxIterations: exactly that many updates", () => {
    const { status, iterations } = minimise(square, [5, -3], {
      ...options,
      stepSize: 1e-3,
      maxIterations: 7,
    });
    expect({ status, iterations }).toEqual({ status: "maxIterations", iterations: 7 });
  });

  test("maxIterations 0: the starting point, with an error that says nothing is known", () => {
    const { x, status, iterations, error } = minimise(square, [5, -3], { ...options, maxIterations: 0 });
    expect(x.toArray()).toEqual([5, -3]);
    expect({ status, iterations, error }).toEqual({
      status: "maxIterations",
      iterations: 0,
      error: Infinity,
    });
  });

  test("stalled: float64 does not allow the tolerance", () => {
    const data = tensor([1e6, -3e5, 1 / 3]);
    const { status, error, iterations } = minimise(
      (x) =>
        x
          .mul(data)
          .sum()
          .sub(0.1)
          .square()
          .add(
            x
              .sub(1 / 3)
              .square()
              .sum(),
          ),
      [1, 2, 3],
      { ...options, tolerance: 1e-14 },
    );
    expect(status).toBe("stalled");
    expect(error).toBeGreaterThan(1e-14);
    expect(iterations).toBeLessThan(10000);
  });

  test("stalled: a step too short to move x is no convergence", () => {
    expect(minimise(square, [5, -3], { ...options, stepSize: 1e-20 }).status).toBe("stalled");
  });

  test("lineSearchFailed: a gradient that points uphill", () => {
    const wrong = customJvp(square, ([x], [t]) => ({
      value: square(x),
      tangent: x.sub(1).mul(t).sum().mul(-2),
    }));
    const { status, x } = minimise(wrong, [5, -3], options);
    expect(status).toBe("lineSearchFailed");
    expect(x.toArray()).toEqual([5, -3]);
  });

  test("diverged: a step beyond 2/L", () => {
    expect(minimise(square, [5, -3], { ...options, stepSize: 1.5 }).status).toBe("diverged");
  });

  test("diverged: no minimum", () => {
    expect(minimise((x) => x.sum(), [5, -3], options).status).toBe("diverged");
  });

  test("nonFinite at the start: x0 is kept", () => {
    const { x, status, iterations } = minimise((z) => z.log().sum(), [-1, 2], options);
    expect({ status, iterations }).toEqual({ status: "nonFinite", iterations: 0 });
    expect(x.toArray()).toEqual([-1, 2]);
  });

  test("nonFinite on the way: x is the last point where the value was finite", () => {
    const log = (x: Tensor): Tensor => x.log().sum();
    const { x, status, iterations } = minimise(log, 1, { ...options, stepSize: 0.7 });
    expect(status).toBe("nonFinite");
    expect(iterations).toBeGreaterThan(0);
    expect(Number.isFinite(log(x).item())).toBe(true);
  });

  test("nonFinite: a gradient of infinity, though the value is finite", () => {
    expect(minimise((x) => x.sqrt().sum(), [0, 1], options).status).toBe("nonFinite");
  });

  test("nonFinite: NaN in data that fun captures", () => {
    const data = tensor([1, NaN]);
    expect(minimise((x) => x.sub(data).square().sum(), [0, 0], options).status).toBe("nonFinite");
  });

  test("a step into where f is not defined is shortened", () => {
    const { x, status } = minimise((z) => z.sub(z.log()).sum(), [100, 1e-3], options);
    expect(status).toBe("converged");
    expect(x.sub(1).norm().item()).toBeLessThan(1e-7);
  });
});

describe("what is not converged", () => {
  test("throws by default, with the solution, and says what to try", () => {
    const solver = gradientDescent({ fun: square, maxIterations: 3, stepSize: 1e-3 });
    let error: unknown;
    try {
      solver.run(tensor([5, -3]));
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(NotConvergedError);
    const { code, message, solution } = error as NotConvergedError<Tensor>;
    expect(code).toBe("NOT_CONVERGED");
    expect(message).toMatch(/gradientDescent: maxIterations after 3 iterations.*onFailure/s);
    expect(solution).toMatchObject({ status: "maxIterations", iterations: 3 });
    expect(solution.x.shape).toEqual([2]);
  });

  test("is thrown inside of a derivative too", () => {
    const solver = gradientDescent({
      fun: (x: Tensor, theta: Tensor) => x.sub(theta).square().sum(),
      maxIterations: 3,
      stepSize: 1e-3,
    });
    expect(() => grad((theta: Tensor) => solver.run(0, theta).x)(5)).toThrow(NotConvergedError);
  });

  test("has no derivative when it is returned, since the conditions do not hold there", () => {
    const options = { maxIterations: 3, stepSize: 1e-3, onFailure: "return" } as const;
    const fun = (x: Tensor, theta: Tensor): Tensor => x.sub(theta).square().sum();
    const solve = (solver: ReturnType<typeof gradientDescent<Tensor, Tensor>>) => (theta: Tensor) =>
      solver.run(0, theta).x;
    expect(() => grad(solve(gradientDescent({ fun, ...options })))(5)).toThrow(/conditions .* do not hold/);
    expect(grad(solve(gradientDescent({ fun, ...options, certify: false })))(5).item()).toBeCloseTo(1, 12);
  });
});

describe("a projected or proximal step", () => {
  test("shorter than rounding is no convergence", () => {
    const options = { fun: square, stepSize: 1e-20, onFailure: "return" } as const;
    const x0 = tensor([5, -3]);
    expect(projectedGradient({ ...options, projection: (x) => x }).run(x0).status).toBe("stalled");
    expect(proximalGradient({ ...options, prox: (x) => x }).run(x0).status).toBe("stalled");
  });

  test("that gives NaN is refused: the last point is kept", () => {
    const solver = proximalGradient({
      fun: square,
      prox: (x: Tensor) => x.mul(NaN),
      stepSize: 0.1,
      onFailure: "return",
    });
    const { x, status } = solver.run(tensor([5, -3]));
    expect(status).toBe("nonFinite");
    expect(x.toArray()).toEqual([5, -3]);
  });

  test("needs not start in the set", () => {
    const solver = projectedGradient({ fun: square, projection: (x: Tensor) => projection.l2Ball(x, 0.5) });
    const { x } = solver.run(tensor([100, -100]));
    expect(
      x
        .sub(Math.SQRT1_2 / 2)
        .norm()
        .item(),
    ).toBeLessThan(1e-7);
  });
});

describe("mirror descent", () => {
  const fun = (x: Tensor): Tensor => x.mul(tensor([1, 2, 3])).sum();
  const centre = tensor([1 / 3, 1 / 3, 1 / 3]);

  test("converges to a vertex", () => {
    const { x, status } = mirrorDescent({ fun, geometry: "simplex", stepSize: 1 }).run(centre);
    expect(status).toBe("converged");
    expect(
      x
        .sub(tensor([1, 0, 0]))
        .norm()
        .item(),
    ).toBeLessThan(1e-7);
  });

  test("does not take the wrong vertex for a solution, though it hardly moves there", () => {
    const x0 = tensor([1e-200, 1e-200, 1]);
    const { x, iterations } = mirrorDescent({ fun, geometry: "simplex", stepSize: 10 }).run(x0);
    expect(iterations).toBeGreaterThan(3);
    expect(
      x
        .sub(tensor([1, 0, 0]))
        .norm()
        .item(),
    ).toBeLessThan(1e-7);
  });

  test("comes back from a step that underflows", () => {
    // The first step is e^-2000 in the second element, where the minimum has 0.6.
    const pull = (x: Tensor): Tensor =>
      x
        .sub(tensor([0.4, 0.6]))
        .square()
        .sum()
        .div(2);
    const solver = mirrorDescent({
      fun: (x: Tensor) => pull(x),
      geometry: "simplex",
      stepSize: (k) => (k === 0 ? 5000 : 1),
    });
    const { x } = solver.run(tensor([0.1, 0.9]));
    expect(
      x
        .sub(tensor([0.4, 0.6]))
        .norm()
        .item(),
    ).toBeLessThan(1e-7);
  });

  test.each([[[0, 1]], [[-0.5, 1.5]]])("refuses to start at %p, where it could not leave", (x0) => {
    const solver = mirrorDescent({ fun: (x: Tensor) => x.sum(), geometry: "simplex", stepSize: 1 });
    expect(() => solver.run(tensor(x0))).toThrow(/positive/);
  });
});

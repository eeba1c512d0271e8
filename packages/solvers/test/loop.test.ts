import { describe, expect, test } from "@jest/globals";
import { grad } from "@cotangent/autodiff";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { gradientDescent, mirrorDescent, proximalGradient, prox, type Solver } from "@cotangent/solvers";

const A = tensor([
  [3, 1, 0.5],
  [-1, 2, 0],
]);
const fun = (x: Tensor, b: Tensor): Tensor => A.matmul(x).sub(b).square().sum().div(2).add(x.square().sum());
const b = tensor([1, -2]);
const zero = tensor([0, 0, 0]);

describe("onIteration", () => {
  test("is called after every update, in order, with the point and the error", () => {
    const seen: { iteration: number; error: number }[] = [];
    let last: Tensor | undefined;
    const { iterations, error, x } = gradientDescent({
      fun,
      onIteration: (step) => {
        seen.push({ iteration: step.iteration, error: step.error });
        last = step.x;
      },
    }).run(zero, b);
    expect(seen.map(({ iteration }) => iteration)).toEqual(
      Array.from({ length: iterations }, (_, k) => k + 1),
    );
    expect(seen.at(-1)!.error).toBe(error);
    expect(last!.toArray()).toEqual(x.toArray());
  });

  test("an error that it throws ends the solve", () => {
    const mine = new Error("enough");
    const solver = gradientDescent({
      fun,
      onIteration: () => {
        throw mine;
      },
    });
    expect(() => solver.run(zero, b)).toThrow(mine);
  });
});

describe("an AbortSignal", () => {
  test("that is aborted before ends the solve before fun is called", () => {
    let calls = 0;
    const counted = (x: Tensor): Tensor => {
      calls++;
      return x.square().sum();
    };
    const signal = AbortSignal.abort(new Error("stop"));
    expect(() => gradientDescent({ fun: counted, signal, onFailure: "return" }).run(1)).toThrow("stop");
    expect(calls).toBe(0);
  });

  test("that is aborted on the way ends it before the next update, with the reason", () => {
    const controller = new AbortController();
    let iterations = 0;
    const solver = gradientDescent({
      fun,
      signal: controller.signal,
      onIteration: ({ iteration }) => {
        iterations = iteration;
        if (iteration === 3) controller.abort(new Error("stop at 3"));
      },
    });
    expect(() => solver.run(zero, b)).toThrow("stop at 3");
    expect(iterations).toBe(3);
  });
});

/** x after n updates of one's own loop. */
function drive<S extends { iterations: number; error: number }>(
  solver: Solver<Tensor, Tensor, S>,
  x0: Tensor,
  theta: Tensor,
  n: number,
): { x: Tensor; state: S } {
  let current = { x: x0, state: solver.init(x0, theta) };
  for (let k = 0; k < n; k++) current = solver.update(current.x, current.state, theta);
  return current;
}

const soft = (x: Tensor, theta: Tensor, step: number): Tensor => prox.lasso(x, theta.slice(0).abs(), step);
const solvers: readonly [string, Solver<Tensor, Tensor>][] = [
  ["gradientDescent", gradientDescent({ fun })],
  ["gradientDescent, not accelerated", gradientDescent({ fun, acceleration: false })],
  ["gradientDescent, constant step", gradientDescent({ fun, stepSize: 0.05 })],
  ["gradientDescent, schedule", gradientDescent({ fun, stepSize: (k) => 0.05 + 0.05 / (1 + k) })],
  ["proximalGradient", proximalGradient({ fun, prox: soft })],
];

describe.each(solvers)("%s", (_, solver) => {
  test("driven by hand gives the bits of run", () => {
    const { x, iterations, error } = solver.run(zero, b);
    const mine = drive(solver, zero, b, iterations);
    expect(mine.x.toArray()).toEqual(x.toArray());
    expect(mine.state).toMatchObject({ iterations, error });
  });

  test("gives the same bits twice", () => {
    expect(solver.run(zero, b).x.toArray()).toEqual(solver.run(zero, b).x.toArray());
  });

  test("update is a pure function of its arguments", () => {
    const { x, state } = drive(solver, zero, b, 3);
    const [first, again] = [solver.update(x, state, b), solver.update(x, state, b)];
    expect(again.x.toArray()).toEqual(first.x.toArray());
  });

  test("goes to the solution of a new theta, or from a new x, when they change under way", () => {
    const other = tensor([2, 5]);
    const { state } = drive(solver, zero, b, 4);
    let current = solver.update(tensor([9, 9, 9]), state, other);
    for (let k = 0; k < 3000; k++) current = solver.update(current.x, current.state, other);
    const want = solver.run(zero, other).x;
    expect(current.x.sub(want).norm().item()).toBeLessThan(1e-7);
  });
});

test("what is known of f at x is not used for another theta", () => {
  const solver = gradientDescent({ fun, acceleration: false });
  const { x, state } = drive(solver, zero, b, 3);
  const other = tensor([2, 5]);
  const gradient = grad((at: Tensor) => fun(at, other))(x);
  expect(solver.update(x, state, other).state.error).toBeCloseTo(gradient.norm().item(), 12);
});

test("mirror descent is driven by hand as well", () => {
  const solver = mirrorDescent({
    fun: (x: Tensor, theta: Tensor) => x.sub(theta).square().sum(),
    geometry: "orthant",
    stepSize: 0.2,
  });
  const start = tensor([1, 1]);
  const theta = tensor([2, 0.5]);
  const { x, iterations } = solver.run(start, theta);
  expect(drive(solver, start, theta, iterations).x.toArray()).toEqual(x.toArray());
});

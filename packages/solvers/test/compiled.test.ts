import { describe, expect, test } from "@jest/globals";
import { tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { grad, jacobian, tree } from "@cotangent/autodiff";
import { unroll } from "@cotangent/implicit";
import {
  createSolver,
  gradientDescent,
  mirrorDescent,
  newton,
  type NotConvergedError,
  projectedGradient,
  projection,
  prox,
  proximalGradient,
  type Solution,
  type SolverOptions,
} from "@cotangent/solvers";
import { A, theta, y } from "./penalised-least-squares.js";

interface Problem {
  readonly w: Tensor;
  readonly b: Tensor;
}

/** Calls of the functions that the user gave. */
let calls = 0;
const fun = (x: Tensor, t: Tensor): Tensor => {
  calls += 1;
  return A.matmul(x).sub(y).square().mean().add(t.mul(x.square()).sum());
};
const l1 = (x: Tensor, t: Tensor, step: number): Tensor => {
  calls += 1;
  return prox.lasso(x, t.mul(0.5), step);
};

type Options = Pick<SolverOptions<Tensor>, "jit" | "tolerance">;
type Run = (options: Options) => {
  run: (x0: Tensor, theta: Tensor) => { x: Tensor; iterations: number; error: number; compilation: object };
};

/** One line per solver. */
const solvers: Record<string, Run> = {
  gradientDescent: (o) => gradientDescent({ fun, ...o }),
  "gradientDescent, constant step": (o) => gradientDescent({ fun, stepSize: 0.1, acceleration: false, ...o }),
  "gradientDescent, schedule": (o) => gradientDescent({ fun, stepSize: (k) => 0.1 + 0.1 / (k + 1), ...o }),
  proximalGradient: (o) => proximalGradient({ fun, prox: l1, ...o }),
  projectedGradient: (o) => projectedGradient({ fun, projection: (x) => projection.simplex(x), ...o }),
  mirrorDescent: (o) => mirrorDescent({ fun, geometry: "simplex", ...o }),
  newton: (o) => newton({ fun, ...o }),
};

const x0 = tensor([0.2, 0.3, 0.5]);

describe.each(Object.entries(solvers))("%s", (_, make) => {
  test("compiled and not, the same bits, in every run", () => {
    const expected = make({ jit: false }).run(x0, theta);
    const solver = make({});
    for (let run = 0; run < 3; run++) {
      const found = solver.run(x0, theta);
      expect([found.iterations, found.error]).toEqual([expected.iterations, expected.error]);
      expect(found.x.toTypedArray()).toEqual(expected.x.toTypedArray());
    }
  });

  test("derivatives, in both modes", () => {
    const of = (options: Options) => {
      const solver = make(options);
      const x = (t: Tensor) => solver.run(x0, t).x;
      return [grad((t: Tensor) => x(t).square().sum())(theta), jacobian(x, { mode: "forward" })(theta)];
    };
    const [found, expected] = [of({}), of({ jit: false })];
    found.forEach((z, i) => {
      expect(tree.norm(z.sub(expected[i]!)).item()).toBeLessThan(1e-12);
    });
  });

  test("float32 stays float32, to the bit", () => {
    const [a, b] = [{}, { jit: false }].map((jit) =>
      make({ ...jit, tolerance: 1e-4 }).run(x0.astype("float32"), theta.astype("float32")),
    );
    expect(a!.x.toTypedArray()).toEqual(b!.x.toTypedArray());
  });
});

describe("what is compiled", () => {
  const run = (options: object = {}) => {
    calls = 0;
    return gradientDescent({ fun, stepSize: 0.1, ...options }).run(x0, theta);
  };

  test("fun runs twice, and the solution says so", () => {
    const { compilation, iterations } = run();
    expect({ calls, compilation }).toEqual({ calls: 2, compilation: { compiled: true, because: "" } });
    expect(iterations).toBeGreaterThan(10);
  });

  test("not with jit: false", () => {
    const { compilation, iterations } = run({ jit: false });
    expect(compilation).toEqual({ compiled: false, because: "fun: jit: false; step: jit: false" });
    expect(calls).toBe(iterations);
  });

  test("a function that asks for numbers runs as it is, and the solution says why", () => {
    let called = 0;
    const asking = (x: Tensor, t: Tensor) => {
      called += 1;
      return x.sub(t).square().sum().item() > 1e9 ? x.sum() : x.sub(t).square().sum();
    };
    const { compilation, iterations } = gradientDescent({ fun: asking, stepSize: 0.1 }).run(x0, theta);
    expect(compilation.compiled).toBe(false);
    expect(compilation.because).toMatch(
      /^fun: item: jit records operations before values are known.*compiled.test/,
    );
    // One more: the attempt to record it.
    expect(called).toBe(iterations + 1);
  });

  test("an algorithm that does not ask for it is not", () => {
    const solver = createSolver<Tensor, Tensor, { iterations: number; error: number }>({
      name: "halving",
      init: () => ({ iterations: 0, error: Infinity }),
      update: (x, { iterations }) => ({
        x: x.mul(0.5),
        state: { iterations: iterations + 1, error: 2 ** -iterations },
      }),
      conditions: gradientDescent({ fun }).conditions,
    });
    const { compilation } = solver.run(x0, theta);
    expect(compilation).toEqual({ compiled: false, because: "this solver compiles nothing" });
  });

  test("every run sees what fun closes over then", () => {
    let target = 1;
    const solver = gradientDescent({ fun: (x: Tensor) => x.sub(target).square().sum(), stepSize: 0.25 });
    const found = [1, 2, 2, 3].map((value) => {
      target = value;
      return solver.run(zeros([2])).x;
    });
    expect(found.map(String)).toEqual(["[1, 1]", "[2, 2]", "[2, 2]", "[3, 3]"]);
    // Updates of one's own: a run begins with init.
    target = 5;
    let x = zeros([2]);
    let state = solver.init(x);
    for (let k = 0; k < 60; k++) ({ x, state } = solver.update(x, state));
    expect(String(x)).toBe("[5, 5]");
  });

  test("an unrolled run", () => {
    const of = (jit: boolean) =>
      grad((t: Tensor) => {
        const solver = gradientDescent({ fun, stepSize: 0.2, adjoint: unroll(), jit });
        return solver.run(x0, t).x.square().sum();
      })(theta);
    expect(of(true).sub(of(false)).norm().item()).toBeLessThan(1e-12);
  });

  test("trees", () => {
    const of = (jit: boolean) =>
      gradientDescent({
        fun: (p: Problem, t: { b: Tensor }) =>
          p.w.square().sum().add(p.b.sub(t.b).square()).add(p.w.sum().mul(p.b)),
        jit,
      }).run({ w: tensor([1, 2]), b: 0 }, { b: 2 }).x;
    expect(tree.leaves(of(true)).map(String)).toEqual(tree.leaves(of(false)).map(String));
  });

  test("a solver within a solver: both are compiled, and the inner run is a line of the outer function", () => {
    const of = (jit: boolean) => {
      const solutions: Solution<Tensor>[] = [];
      const inner = gradientDescent({
        fun: (z: Tensor, t: Tensor) =>
          z
            .sub(t)
            .square()
            .sum()
            .add(z.mul(z.roll(1)).sum().mul(0.1)),
        jit,
      });
      const outer = gradientDescent({
        fun: (t: Tensor) => {
          const solution = inner.run(zeros([2]), t);
          solutions.push(solution);
          return solution.x.sub([1, 2]).square().sum();
        },
        jit,
      });
      const { x, compilation } = outer.run(zeros([2]));
      return { x, compilation, inner: solutions.at(-1)!.compilation, calls: solutions.length };
    };
    const [found, expected] = [of(true), of(false)];
    expect(found.x.sub(expected.x).norm().item()).toBeLessThan(1e-7);
    expect(found.compilation).toEqual({ compiled: true, because: "" });
    expect(found.inner).toEqual({ compiled: true, because: "" });
    expect([found.calls, expected.calls > 2]).toEqual([2, true]);
  });

  test("parameters are checked in every run", () => {
    const solver = proximalGradient({ fun, prox: l1 });
    for (let run = 0; run < 3; run++) {
      solver.run(x0, theta);
      expect(() => solver.run(x0, theta.neg())).toThrow(/weight must be finite and not negative/);
    }
  });

  test("a run that ends with an error tells too what was compiled", () => {
    const solver = gradientDescent({ fun, maxIterations: 5, stepSize: 1e-3, acceleration: false });
    let error: unknown;
    try {
      solver.run(x0, theta);
    } catch (thrown) {
      error = thrown;
    }
    expect((error as NotConvergedError).solution.compilation).toEqual({ compiled: true, because: "" });
  });
});

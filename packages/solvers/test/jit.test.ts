import { basename } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, jit, valueAndGrad, vmap } from "@cotangent/autodiff";
import { isSameWithJit, jitCompositions } from "@cotangent/autodiff/testing";
import { unroll } from "@cotangent/implicit";
import {
  gradientDescent,
  mirrorDescent,
  newton,
  NotConvergedError,
  projectedGradient,
  projection,
  prox,
  proximalGradient,
  type Solution,
} from "@cotangent/solvers";

const zero = tensor([0, 0]);
const target = tensor([1, 2]);
const quadratic = (x: Tensor, theta: Tensor) => x.sub(theta).square().sum();
/** Coupled, not quadratic. */
const fun = (x: Tensor, theta: Tensor) =>
  x.sub(theta).square().sum().add(x.sum().square()).add(x.square().square().sum().div(8));
const tight = { tolerance: 1e-12 };

/** One line registers a solver: theta has two elements. */
const solvers: Record<string, (theta: Tensor) => Tensor> = {
  gradientDescent: (theta) => gradientDescent({ fun, ...tight }).run(zero, theta).x,
  "gradientDescent, without search": (theta) =>
    gradientDescent({ fun: quadratic, stepSize: 0.25, acceleration: false, ...tight }).run(zero, theta).x,
  projectedGradient: (theta) =>
    projectedGradient({ fun, projection: (x) => projection.box(x, [-0.25, 0.5]), ...tight }).run(zero, theta)
      .x,
  proximalGradient: (theta) =>
    proximalGradient({
      fun,
      prox: (x, t: Tensor, step) => prox.lasso(x, t.sum().abs().div(4), step),
      ...tight,
    }).run(zero, theta).x,
  mirrorDescent: (theta) =>
    mirrorDescent({ fun, geometry: "simplex", ...tight }).run(tensor([0.5, 0.5]), theta).x,
  newton: (theta) => newton({ fun, ...tight }).run(zero, theta).x,
};

/** For most, these; for one, all of them. */
const main = ["jit", "jit(grad)", "grad(jit)", "jit(vmap)", "vmap(jit)"];
const mainly = jitCompositions.filter(({ name }) => main.includes(name));

describe.each(Object.entries(solvers))("%s", (name, solve) => {
  test.each(name === "newton" ? jitCompositions : mainly)("$name", (composition) => {
    expect(isSameWithJit(composition, solve, target, 1e-8)).toBe(true);
  });
});

describe("a run inside of jit", () => {
  test("runs fun as often as outside, and the function around it once", () => {
    const calls = { fun: 0, around: 0 };
    const fun = (x: Tensor, theta: Tensor) => {
      calls.fun += 1;
      return quadratic(x, theta);
    };
    const solver = gradientDescent({ fun, stepSize: 0.3 });
    const loss = (theta: Tensor) => {
      calls.around += 1;
      return solver.run(zero, theta).x.square().sum();
    };
    const [plain, compiled] = [valueAndGrad(loss), jit(valueAndGrad(loss))];
    const wanted = plain(target).map(String);
    const evaluations = calls.fun;
    compiled(target);
    for (let run = 0; run < 3; run++) {
      Object.assign(calls, { fun: 0, around: 0 });
      expect(compiled(target).map(String)).toEqual(wanted);
      expect(calls).toEqual({ fun: evaluations, around: 0 });
    }
  });

  test("tells of its last run, once it has run", () => {
    const solver = gradientDescent({ fun: quadratic, stepSize: 0.3, onFailure: "return", maxIterations: 50 });
    let solution: Solution<Tensor> | undefined;
    const f = jit((theta: Tensor) => (solution = solver.run(zero, theta)).x);
    const expectSame = (theta: Tensor) => {
      f(theta);
      const { status, iterations, error, compilation, report } = solver.run(zero, theta);
      const last = solution!;
      expect([last.status, last.iterations, last.error]).toEqual([status, iterations, error]);
      expect([last.compilation, last.report]).toEqual([compilation, report]);
      expect(last.state).toMatchObject({ iterations, error });
    };
    expectSame(target);
    expectSame(tensor([1e300, 0]));
    expectSame(tensor([1e3, -7]));
    jit(grad((theta: Tensor) => f(theta).sum()))(target);
    const { report } = solution!;
    expect([report.solves.length, report.certificate?.status, report.distance! < 1e-8]).toEqual([
      1,
      "converged",
      true,
    ]);
  });

  test("refuses to tell before it has run, names the line, and the ways out", () => {
    const solver = gradientDescent({ fun: quadratic, stepSize: 0.3 });
    const here = new Error().stack!.split("\n")[1]!;
    const line = Number(/:(\d+):\d+\)?$/.exec(here)![1]);
    const f = jit((theta: Tensor) => {
      const solution = solver.run(zero, theta);
      return solution.status === "converged" ? solution.x : theta;
    });
    const at = `${basename(__filename)}:${String(line + 4)}:`;
    expect(() => f(target)).toThrow(at);
    expect(() => f(target)).toThrow(
      "gradientDescent: inside of jit the solve runs when the compiled function does",
    );
    expect(() => f(target)).toThrow("read its solution.status after a call");
  });

  test("one's own loop asks for numbers: the error names the line in which it is", () => {
    const solver = gradientDescent({ fun: quadratic, stepSize: 0.3 });
    const loop = jit((theta: Tensor) => solver.update(zero, solver.init(zero, theta), theta).x);
    expect(() => loop(target)).toThrow(`${basename(__filename)}:`);
  });

  test("throws when it runs and fails, and goes on afterwards", () => {
    const solver = gradientDescent({ fun: quadratic, stepSize: 0.3, maxIterations: 5 });
    let solution: Solution<Tensor> | undefined;
    const f = jit((theta: Tensor) => (solution = solver.run(zero, theta)).x.add(theta));
    for (let run = 0; run < 3; run++) {
      expect(() => f(target)).toThrow(NotConvergedError);
      expect(() => solution!.status).toThrow("no solution.status yet");
      expect(f(zero).toArray()).toEqual([0, 0]);
      expect(solution!.status).toBe("converged");
    }
    expect(() => f(tensor([NaN, 0]))).toThrow("contains NaN");
  });

  test("takes a starting point that is not known, whose derivative is zero", () => {
    const solver = newton({ fun: quadratic });
    const f = jit((x0: Tensor, theta: Tensor) => solver.run(x0, theta).x.sum());
    expect(f(target, target).item()).toBe(3);
    expect(grad(f, { argnums: [0, 1] })(zero, target).map((g) => g.toArray())).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(() => f(tensor([Infinity, 0]), target)).toThrow("x0, leaf 0 (shape [2]) contains Infinity");
  });

  test("refuses what fun closes over, as it does outside, when it is recorded", () => {
    const shifted = jit((theta: Tensor) => {
      const twice = theta.mul(2);
      const fun = (x: Tensor, t: Tensor) => quadratic(x, t).add(x.mul(twice).sum());
      return gradientDescent({ fun, stepSize: 0.3 }).run(zero, theta).x;
    });
    expect(() => shifted(target)).toThrow("the conditions close over a value traced by jit");
    const known = jit((theta: Tensor) => {
      const fun = (x: Tensor, t: Tensor) => quadratic(x, t).add(x.mul(target).sum());
      return gradientDescent({ fun, stepSize: 0.3 }).run(zero, theta).x;
    });
    expect(
      known(target)
        .sub(tensor([0.5, 1]))
        .abs()
        .max()
        .item(),
    ).toBeLessThan(1e-6);
  });

  test("has a solution of the shape and dtype of x0", () => {
    const solver = newton({ fun: quadratic });
    const f = jit((x0: Tensor, theta: Tensor) => solver.run(x0, theta).x);
    for (const x0 of [zero.astype("float32"), tensor([[0, 0]])]) {
      const found = f(x0, target);
      expect([found.shape, found.dtype]).toEqual([x0.shape, x0.dtype]);
      expect(found.toArray()).toEqual(solver.run(x0, target).x.toArray());
    }
  });

  test("unrolls inside of jit, too", () => {
    const solver = gradientDescent({ fun: quadratic, stepSize: 0.3, adjoint: unroll() });
    const f = (theta: Tensor) => solver.run(zero, theta).x.square().sum();
    const wanted = grad(f)(target).toArray();
    for (const g of [jit(grad(f)), grad(jit(f))]) expect(g(target).toArray()).toEqual(wanted);
  });

  test("is one of a batch, with thetas that differ", () => {
    const solver = gradientDescent({ fun: quadratic, stepSize: 0.3 });
    const f = (theta: Tensor) => solver.run(zero, theta).x;
    const thetas = tensor([[1, 2], [3, 4], [5, 6]]); // prettier-ignore
    const wanted = vmap(f)(thetas).toArray();
    expect(vmap(jit(f))(thetas).toArray()).toEqual(wanted);
    expect(jit(vmap(f))(thetas).toArray()).toEqual(wanted);
    expect(jit(vmap(f))(tensor([], { shape: [0, 2] })).shape).toEqual([0, 2]);
  });
});

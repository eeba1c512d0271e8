import { describe, expect, test } from "@jest/globals";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { cond, customJvp, grad, scan, whileLoop } from "@cotangent/autodiff";
import { gradientDescent, prox, proximalGradient } from "@cotangent/solvers";
import { fun, l1, theta, x0 } from "./penalised-least-squares.js";

describe("a prox sees the step as a number", () => {
  type Prox = (x: Tensor, t: Tensor, step: number) => Tensor;
  const shrink: Prox = (x, t, step) => prox.lasso(x, t, step);
  /** One line per way to look at it. */
  const proxes: Record<string, Prox> = {
    "and multiplies by it": shrink,
    "and computes with it": (x, t, step) => shrink(x, t.mul(2 * step), 0.5),
    "and decides by it": (x, t, step) => (step > 0.15 ? shrink(x, t, step) : x.mul(1 / (1 + step))),
    "and compares it": (x, t, step) => shrink(x, t, step === 0.1 ? 0.2 : step),
    "and asks what it is": (x, t, step) => (typeof step === "number" ? shrink(x, t, step) : x),
  };
  const schedule = (k: number): number => [0.1, 0.2, 0.1, 0.15][k % 4]!;

  test.each(Object.entries(proxes))("%s: the same bits as not compiled", (_, own) => {
    const of = (jit: boolean) => {
      const options = {
        stepSize: schedule,
        maxIterations: 40,
        tolerance: 0,
        onFailure: "return",
        jit,
      } as const;
      const solver = proximalGradient({ fun, prox: own, ...options, certify: false });
      const gradient = grad((t: Tensor) => solver.run(x0, t).x.square().sum());
      return [1, 2, 3].map((k) => {
        const t = theta.mul(k);
        return { x: solver.run(x0, t).x.toTypedArray(), gradient: gradient(t) };
      });
    };
    const [found, expected] = [of(true), of(false)];
    found.forEach(({ x, gradient }, i) => {
      expect(x).toEqual(expected[i]!.x);
      expect(gradient.sub(expected[i]!.gradient).norm().item()).toBeLessThan(1e-12);
    });
  });

  test("and runs twice in a run, whatever the sizes, if a scalar tensor does as well", () => {
    const counts = (own: Prox) => {
      let calls = 0;
      const counted: Prox = (x, t, step) => {
        calls += 1;
        return own(x, t, step);
      };
      const stepSize = (k: number) => 0.1 + 0.01 * (k % 7);
      const solver = proximalGradient({
        fun: (x: Tensor, t: Tensor) => x.sub(t).square().sum(),
        prox: counted,
        stepSize,
      });
      const { compilation } = solver.run(x0, theta);
      expect(compilation).toEqual({ compiled: true, because: "" });
      return calls;
    };
    expect(counts(proxes["and multiplies by it"]!)).toBe(2);
    // Once more to find that out, and then for every size.
    expect(counts(proxes["and computes with it"]!)).toBe(2 + 1 + 2 * 7);
  });
});

test.each<[string, (x: Tensor) => Tensor]>([
  [
    "a branch",
    (x) =>
      cond(
        x.sum().greater(0),
        (z: Tensor) => z.square().sum(),
        (z) => z.square().sum().mul(2),
        x,
      ),
  ],
  [
    "a loop",
    (x) =>
      whileLoop(
        ({ k }: { k: Tensor; z: Tensor }) => k.less(3),
        ({ k, z }) => ({ k: k.add(1), z: z.mul(0.9) }),
        { k: tensor(0), z: x },
      )
        .z.square()
        .sum(),
  ],
  ["a scan", (x) => scan((z: Tensor) => [z.mul(0.9), z.square().sum()], x, null, { length: 3 })[1].sum()],
  [
    "a rule of its own",
    customJvp(
      (x: Tensor) => x.square().sum(),
      ([x], [t]) => ({ value: x.square().sum(), tangent: x.mul(t).sum().mul(2) }),
    ),
  ],
])("%s in fun: derivatives as without, in every run", (_, term) => {
  const of = (jit: boolean) => {
    const own = (x: Tensor, t: Tensor) => fun(x, t).add(term(x).mul(0.1));
    const solver = proximalGradient({
      fun: own,
      prox: l1,
      jit,
      stepSize: 0.1,
      tolerance: 1e-10,
      onFailure: "return",
    });
    return [1, 2].map(() => grad((t: Tensor) => solver.run(x0, t).x.square().sum())(theta));
  };
  const [found, expected] = [of(true), of(false)];
  found.forEach((gradient, i) => {
    expect(gradient.sub(expected[i]!).norm().item()).toBeLessThan(1e-12);
  });
});

describe("runs of one solver within each other, with other data each", () => {
  const results = (jit: boolean) => {
    let scale = 1;
    let isInside = false;
    const inside = (body: () => unknown) => {
      isInside = true;
      scale = 5;
      body();
      scale = 1;
      isInside = false;
    };
    const inner: Tensor[] = [];
    const solver = gradientDescent({
      fun: (x: Tensor, t: Tensor) => fun(x, t).mul(scale).add(x.sub(t).square().sum()),
      tolerance: 1e-10,
      jit,
      onIteration: ({ iteration }) => {
        if (!isInside && iteration % 3 === 0)
          inside(() => inner.push(grad((t: Tensor) => solve(t).sum())(theta.mul(2))));
      },
    });
    const solve = (t: Tensor): Tensor => solver.run(x0, t).x;
    const plain = solve(theta);
    const gradient = grad((t: Tensor) => solve(t).square().sum())(theta);
    // A loop of one's own, with a run in between.
    let [x, state] = [x0, solver.init(x0, theta)];
    for (let k = 0; k < 6; k++) {
      ({ x, state } = solver.update(x, state, theta));
      if (k === 3) inside(() => inner.push(solve(theta)));
    }
    return { values: [plain, x], gradients: [gradient, ...inner] };
  };

  test("each takes what its functions close over", () => {
    const [found, expected] = [results(true), results(false)];
    expect(found.values.map((x) => x.toArray())).toEqual(expected.values.map((x) => x.toArray()));
    found.gradients.forEach((g, i) => {
      expect(g.sub(expected.gradients[i]!).norm().item()).toBeLessThan(1e-9);
    });
  });
});

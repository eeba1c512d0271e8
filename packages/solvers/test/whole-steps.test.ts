import { describe, expect, test } from "@jest/globals";
import { checkNumbers, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, tree } from "@cotangent/autodiff";
import { unroll } from "@cotangent/implicit";
import {
  gradientDescent,
  projectedGradient,
  projection,
  proximalGradient,
  type GradientOptions,
  type GradientState,
  type Solver,
} from "@cotangent/solvers";
import { watch } from "../../autodiff/test/watch.js";
import { fun, l1, theta, x0 } from "./penalised-least-squares.js";

type Options = Partial<GradientOptions<Tensor>>;
type Any = Solver<Tensor, Tensor, GradientState<Tensor>>;

/** One line per kind of step. */
const solvers: Record<string, (options: Options) => Any> = {
  gradientDescent: (o) => gradientDescent({ fun, ...o }),
  "gradientDescent, constant step": (o) => gradientDescent({ fun, stepSize: 0.1, acceleration: false, ...o }),
  proximalGradient: (o) => proximalGradient({ fun, prox: l1, ...o }),
  projectedGradient: (o) => projectedGradient({ fun, projection: (x) => projection.simplex(x), ...o }),
};

/** Everything that iterations show. */
function path(make: (options: Options) => Any, at = x0) {
  const seen: unknown[] = [];
  const solver = make({
    onIteration: ({ x, error, state: { stepSize, momentum, point } }) => {
      seen.push([...x.toTypedArray(), error, stepSize, momentum, ...point.toTypedArray()]);
    },
  });
  return (t = theta): unknown[] => {
    seen.length = 0;
    solver.run(at, t);
    return [...seen];
  };
}

/** Runs until steps that can be are one plan: some end with a value, some with a gradient, and each needs 500 calls. */
function warm(run: () => { readonly iterations: number }): void {
  let iterations = 0;
  while (iterations < 1100) iterations += run().iterations;
}

describe.each(Object.entries(solvers))("%s", (_, make) => {
  test("the same bits after a thousand steps", () => {
    const expected = path((o) => make({ jit: false, ...o }))();
    const run = path(make);
    warm(() => ({ iterations: run().length }));
    expect(run()).toEqual(expected);
  });
});

describe("a step that is one plan", () => {
  const solver = proximalGradient({ fun, prox: l1 });
  const run = () => solver.run(x0, theta);
  warm(run);

  test("is one: the rest are extrapolations, and a search that fails", () => {
    let iterations = 0;
    const { plans } = watch(() => ({ iterations } = run()));
    expect(plans / iterations).toBeLessThan(2.4);
  });

  test("not where theta is traced", () => {
    const unrolled = proximalGradient({ fun, prox: l1, adjoint: unroll() });
    warm(() => unrolled.run(x0, theta));
    const of = (s: { run: (x: Tensor, t: Tensor) => { x: Tensor } }) =>
      grad((t: Tensor) => s.run(x0, t).x.square().sum())(theta);
    const plain = proximalGradient({ fun, prox: l1, adjoint: unroll(), jit: false });
    expect(tree.norm(of(unrolled).sub(of(plain))).item()).toBeLessThan(1e-12);
  });

  test("float32", () => {
    const [start, t] = [x0.astype("float32"), theta.astype("float32")];
    const make = (o: Options) => gradientDescent({ fun, tolerance: 1e-4, ...o });
    const run = path(make, start);
    warm(() => ({ iterations: run(t).length }));
    expect(run(t)).toEqual(path((o) => make({ jit: false, ...o }), start)(t));
  });

  test("trees", () => {
    interface Point {
      readonly w: Tensor;
      readonly b: Tensor;
    }
    const of = (jit: boolean) =>
      gradientDescent({
        fun: (p: Point, t: { b: Tensor }) =>
          p.w.square().sum().add(p.b.sub(t.b).square()).add(p.w.sum().mul(p.b)),
        jit,
      });
    const [compiled, plain] = [of(true), of(false)];
    const start = { w: tensor([1, 2]), b: 0 };
    warm(() => compiled.run(start, { b: 2 }));
    const texts = (s: typeof plain) => tree.leaves(s.run(start, { b: 2 }).x).map((x) => x.toTypedArray());
    expect(texts(compiled)).toEqual(texts(plain));
  });

  test("follows what fun closes over, from run to run and from iteration to iteration of runs within runs", () => {
    let target = 1;
    const squares = (jit: boolean, nested: boolean) => {
      let isInside = false;
      const made: Solver<Tensor, unknown> = gradientDescent({
        fun: (x: Tensor) => x.sub(target).square().mul([1, 3, 0.5]).sum(),
        jit,
        onIteration: ({ iteration }) => {
          if (!nested || isInside || iteration !== 5) return;
          isInside = true;
          target += 10;
          made.run(x0);
          target -= 10;
          isInside = false;
        },
      });
      return (at: number) => {
        target = at;
        return made.run(x0);
      };
    };
    const numbers = ({ x }: { readonly x: Tensor }) => [...x.toTypedArray()];
    const plain = squares(false, false);
    for (const nested of [false, true]) {
      const compiled = squares(true, nested);
      if (!nested) warm(() => compiled(1));
      for (const at of [1, 2, 1, 5]) expect(numbers(compiled(at))).toEqual(numbers(plain(at)));
      warm(() => compiled(5));
      expect(numbers(compiled(5))).toEqual(numbers(plain(5)));
    }
  });

  test("leaves a domain: no prox is asked about what is not finite", () => {
    const nonFinite = (jit: boolean) =>
      proximalGradient({
        // Finite only where x > -1: from 0, the first long step leaves that.
        fun: (x: Tensor, t: Tensor) => x.add(1).log().sub(x.mul(t)).neg().sum(),
        prox: (x: Tensor) => {
          checkNumbers(x, "prox", (numbers) => {
            if (numbers.some(Number.isNaN)) throw new Error("NaN");
          });
          return x;
        },
        jit,
        onFailure: "return",
        maxIterations: 60,
      });
    const [compiled, plain] = [nonFinite(true), nonFinite(false)];
    const at = tensor([0.5, 0.2, 0.9]);
    for (let k = 0; k < 40; k++) compiled.run(tensor([0, 0, 0]), at);
    const bad = tensor([Infinity, 1, 1]);
    for (const t of [at, bad]) {
      const [found, expected] = [compiled, plain].map((s) => s.run(tensor([0, 0, 0]), t));
      expect([found!.status, found!.iterations]).toEqual([expected!.status, expected!.iterations]);
      expect(found!.x.toTypedArray()).toEqual(expected!.x.toTypedArray());
    }
  });
});

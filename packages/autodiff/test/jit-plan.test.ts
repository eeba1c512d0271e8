import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { linspace, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, jit, scan, valueAndGrad, vmap, whileLoop } from "@cotangent/autodiff";
import { laws } from "@cotangent/autodiff/testing";
import { checkJit, sameBits } from "../src/testing/check-jit.js";
import { countOperations } from "./count-operations.js";
import { arbProgram } from "./programs/arb-program.js";

describe("random programs", () => {
  const runs = { numRuns: 60 };
  const gradientOf = (f: (...xs: Tensor[]) => Tensor, inputs: readonly Tensor[]) => (first: Tensor) =>
    valueAndGrad((y: Tensor) => f(y, ...inputs.slice(1)).sum())(first);

  test("have the same bits when they are compiled, and so have their gradients and batches", () => {
    fc.assert(
      fc.property(arbProgram({ maxSteps: 12 }), ({ f, inputs }) => {
        const [first] = inputs as [Tensor];
        checkJit(f, inputs);
        checkJit(gradientOf(f, inputs), [first]);
        const batch = tensor([[1], [2]]).mul(first.ravel()).reshape([2, ...first.shape]); // prettier-ignore
        checkJit(
          vmap((y: Tensor) => f(y, ...inputs.slice(1))),
          [batch],
        );
      }),
      runs,
    );
  });
  test("gradients of compiled programs have the same bits", () => {
    fc.assert(
      fc.property(arbProgram({ maxSteps: 12 }), ({ f, inputs }) => {
        const [first] = inputs as [Tensor];
        const expected = gradientOf(f, inputs)(first);
        const compiled = jit((y: Tensor) => f(y, ...inputs.slice(1)).sum());
        for (let call = 0; call < 3; call++) {
          valueAndGrad(compiled)(first).forEach((found, i) => {
            expect(sameBits(found, expected[i]!)).toBe(true);
          });
        }
      }),
      runs,
    );
  });
  test("need an arena of at most 1.25 times what is live at once", () => {
    fc.assert(
      fc.property(arbProgram({ minSteps: 10, maxSteps: 30 }), ({ f, inputs }) => {
        const { arenaBytes, liveBytes } = jit(gradientOf(f, inputs)).lower(inputs[0]!).memory;
        expect(arenaBytes).toBeLessThanOrEqual(1.25 * liveBytes);
      }),
      runs,
    );
  });
  test("laws.jit", () => {
    fc.assert(laws.jit((y: Tensor) => y.sin().mul(y).sum(), fc.constant([linspace(0, 1, 300)] as const)));
    const impure = () => laws.jit((y: Tensor) => y.mul(Math.random()), fc.constant([tensor(1)] as const));
    expect(() => {
      fc.assert(impure());
    }).toThrow("Property failed");
  });
});

describe("a compiled function", () => {
  const w = linspace(-1, 1, 10_000).reshape([100, 100]);
  const loss = (y: Tensor) => w.matmul(y.sin()).add(y).tanh().square().sum();
  const y = linspace(0, 1, 10_000).reshape([100, 100]);

  test("is few kernels, of which those that are not loops are the primitives themselves", () => {
    const f = jit(valueAndGrad(loss));
    const names = f.lower(y).optimised.equations.map((e) => ("call" in e ? e.call.name : e.primitive.name));
    expect(names).toEqual(["loop", "matmul", "loop", "matmul", "loop"]);
    f(y);
    // The second call is compiled: no primitive is evaluated by itself, all write into arrays that exist.
    expect(countOperations(() => f(y)).calls).toBe(0);
  });
  test("allocates its results only", () => {
    const f = jit(loss);
    const bytes = (calls: number, body: () => unknown) => {
      const before = process.memoryUsage().arrayBuffers;
      for (let i = 0; i < calls; i++) body();
      return process.memoryUsage().arrayBuffers - before;
    };
    f(y);
    f(y);
    expect(bytes(5, () => loss(y))).toBeGreaterThan(5 * 80_000);
    expect(bytes(20, () => f(y))).toBeLessThan(80_000);
  });
  test("does not grow memory, over 100,000 calls", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const f = jit((z: Tensor) => z.sin().mul(z).sum());
    const z = linspace(0, 1, 10);
    const run = (calls: number) => {
      for (let i = 0; i < calls; i++) f(z);
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    const before = run(10_000);
    expect(run(100_000) - before).toBeLessThan(500_000);
  });
  test("keeps results of earlier calls as they are", () => {
    const f = jit((z: Tensor) => [z.mul(2), z.mul(2).sum(), z.reshape([2, 2]), z]);
    const results = [1, 2, 3].map((k) => f(tensor([k, 0, 0, k])));
    expect(results.map((list) => list.map(String))).toEqual(
      [1, 2, 3].map((k) => [`[${2 * k}, 0, 0, ${2 * k}]`, String(4 * k), `[[${k}, 0],\n [0, ${k}]]`, `[${k}, 0, 0, ${k}]`].map(String)), // prettier-ignore
    );
  });
  test("runs loops over compiled bodies", () => {
    const f = (z: Tensor) => whileLoop((c: Tensor) => c.sum().less(100), (c) => c.mul(1.5).add(z), z); // prettier-ignore
    const g = (z: Tensor) => scan((c: Tensor) => [c.mul(0.5).add(z), c.sum()], z, null, { length: 5 });
    for (const k of [1, 2, 3]) {
      expect(sameBits(jit(f)(tensor([k, 1])), f(tensor([k, 1])))).toBe(true);
      checkJit(g, [tensor([k, 1])]);
    }
  });
  test("takes other shapes again and again", () => {
    const f = jit((z: Tensor) => z.sin().sum());
    const g = jit(grad((z: Tensor) => z.sin().sum()));
    for (let round = 0; round < 3; round++) {
      for (const z of [linspace(0, 1, 3), linspace(0, 1, 4), linspace(0, 1, 4).reshape([2, 2])]) {
        expect(sameBits(f(z), z.sin().sum())).toBe(true);
        expect(sameBits(g(z), z.cos())).toBe(true);
      }
    }
  });
});

import { allocationsOf } from "./watch-allocations.js";
import { describe, expect, test } from "@jest/globals";
import { hostArray, linspace, type Tensor } from "@cotangent/core-tensor";
import { cond, jit, scan, valueAndGrad, whileLoop, type Jitted } from "@cotangent/autodiff";
import { checkJit } from "../src/testing/check-jit.js";

/** Typed arrays that a call makes, once the function is compiled, for 1,000 calls; and what runs. */
function known<A extends readonly unknown[], R>(f: Jitted<A, R>, ...args: A) {
  const run = (calls: number) => {
    for (let i = 0; i < calls; i++) f(...args);
  };
  // Loops that run often are compiled once more, on the way.
  run(2000);
  const calls = 1000;
  const { arrays } = allocationsOf(() => {
    run(calls);
  });
  const kernels = f
    .lower(...args)
    .optimised.equations.map((e) => ("call" in e ? e.call.name : e.primitive.name));
  return { kernels: kernels.filter((name) => name !== "reshape"), arrays: arrays / calls };
}

describe("known programs run known kernels, and allocate their results", () => {
  const [m, n] = [30, 10];
  const X = linspace(-3, 3, m * n).sin().reshape([m, n]); // prettier-ignore
  const y = linspace(0, 1, m);
  const w = linspace(-1, 1, n);

  test("least squares, value and gradient", () => {
    const f = jit(valueAndGrad((v: Tensor) => X.matmul(v).sub(y).square().sum().div(2)));
    expect(known(f, w)).toEqual({ kernels: ["matmul", "loop", "matmul"], arrays: 2 });
  });
  test("logistic regression, value and gradient", () => {
    const f = jit(valueAndGrad((v: Tensor) => X.matmul(v).mul(y).neg().softplus().mean()));
    expect(known(f, w)).toEqual({ kernels: ["matmul", "loop", "matmul"], arrays: 2 });
  });
  test("a network with one hidden layer, value and gradient", () => {
    const hidden = linspace(-1, 1, n * 8).sin().reshape([n, 8]); // prettier-ignore
    const f = jit(
      valueAndGrad(({ a, b, c }: { a: Tensor; b: Tensor; c: Tensor }) =>
        X.matmul(a).add(b).tanh().matmul(c).sub(y).square().mean(),
      ),
    );
    const parameters = { a: hidden, b: linspace(0, 1, 8), c: linspace(1, 0, 8) };
    expect(known(f, parameters)).toEqual({
      kernels: ["matmul", "loop", "matmul", "loop", "matmul", "matmul", "loop", "matmul"],
      arrays: 4,
    });
  });
  test("solves", () => {
    const A = X.matrixTranspose().matmul(X);
    const f = jit(valueAndGrad((v: Tensor) => A.add(v.square().diag()).solve(v).sum()));
    expect(known(f, w).arrays).toBe(2);
  });
});

describe("loops and branches", () => {
  const x = linspace(0.1, 1, 5);
  const repeated = (count: number) =>
    jit(
      (c: Tensor) =>
        whileLoop(
          ({ k }: { k: Tensor; z: Tensor }) => k.less(count),
          ({ k, z }) => ({ k: k.add(1), z: z.mul(0.5).add(c).sin() }),
          { k: c.sum().mul(0), z: c },
        ).z,
    );
  const scanned = (count: number) =>
    jit((c: Tensor) =>
      scan((z: Tensor, s: Tensor) => [z.mul(s).add(c).sin(), z.sum()], c, linspace(0, 1, count)),
    );
  const branched = (nested: boolean) =>
    jit((c: Tensor) => {
      const inner = (z: Tensor) => (nested ? cond(z.sum().greater(0), (u) => u.sin(), (u) => u.cos(), z) : z.sin()); // prettier-ignore
      return cond(c.sum().less(0), (z) => z.exp(), inner, c);
    });

  test("allocate as much for many steps as for few", () => {
    for (const make of [repeated, scanned]) {
      const [few, many] = [make(18), make(36)].map((f) => known(f as Jitted<[Tensor], unknown>, x).arrays);
      expect(many).toBe(few);
      expect(few).toBe(make === repeated ? 1 : 2);
    }
    for (const nested of [true, false]) expect(known(branched(nested), x).arrays).toBe(1);
  });

  type Carry = Readonly<Record<"a" | "b" | "c", Tensor>>;
  const k = 48;
  const M = linspace(-9, 9, k * k).sin().reshape([k, k]); // prettier-ignore
  const bodies: Record<string, (carry: Carry, z: Tensor) => Carry> = {
    "values that change places": ({ a, b, c }) => ({ a: b, b: c, c: a.add(0.5) }),
    "a value that stays, and one that is used twice": ({ a, b }) => ({ a: a.add(b).sin(), b, c: a }),
    "one result in all places": ({ a, b, c }) => {
      const next = a.mul(b).add(c).tanh();
      return { a: next, b: next, c: next };
    },
    "constants and values from outside": ({ a }, z) => ({ a: z, b: a, c: M.mul(2) }),
    "large matrices, of which copies are kept while they do not change": ({ a, b, c }) => ({
      a: a.matmul(b).tanh(),
      b: b.matmul(M).sin(),
      c: c.matmul(c).tanh(),
    }),
    "a loop and a branch inside": ({ a, b, c }) => ({
      a: whileLoop((u: Tensor) => u.sum().less(9), (u) => u.add(b.square()).add(0.01), a), // prettier-ignore
      b: cond(c.sum().greater(0), (u) => u.sub(0.1), (u) => u.add(a), b), // prettier-ignore
      c: scan((u: Tensor) => [u.mul(0.9).sub(a.sum()), []], c, null, { length: 20 })[0].tanh(),
    }),
  };
  test.each(Object.entries(bodies))("have the bits of those that are not compiled: %s", (_, body) => {
    for (const count of [0, 1, 2, 5]) {
      const f = (z: Tensor) =>
        whileLoop(
          ({ i }: { i: Tensor; carry: Carry }) => i.less(count),
          ({ i, carry }) => ({ i: i.add(1), carry: body(carry, z) }),
          { i: z.sum().mul(0), carry: { a: z, b: z.mul(0.5), c: M } },
        ).carry;
      checkJit(f, [M.mul(0.25)]);
      // Results do not share memory with arguments, with each other, or with what the next run writes.
      const compiled = jit(f);
      const results = [1, 2, 3].map((scale) => compiled(M.mul(0.1 * scale)));
      results.forEach(({ a }, i) => {
        expect(hostArray(a, "test")).toEqual(hostArray(f(M.mul(0.1 * (i + 1))).a, "test"));
      });
    }
  });
});

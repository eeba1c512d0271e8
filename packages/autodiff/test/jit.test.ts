import { describe, expect, test } from "@jest/globals";
import { linalg, random, sort, tensor, where, zeros, type Tensor } from "@cotangent/core-tensor";
import { grad, hessian, hvp, jet, jit, jvp, savedBytes, vmap } from "@cotangent/autodiff";
import { sameBits } from "../src/testing/check-jit.js";

const x = tensor([0.3, -1.2, 2.5]);
const f = (y: Tensor) => y.sin().mul(y).sum();

/** Calls of a function, and the function. */
function counted<A extends readonly unknown[], R>(
  g: (...args: A) => R,
): { calls: () => number; g: (...args: A) => R } {
  let calls = 0;
  return {
    calls: () => calls,
    g: (...args) => {
      calls += 1;
      return g(...args);
    },
  };
}

describe("jit", () => {
  test("runs f once for each signature", () => {
    const { calls, g } = counted((p: { a: Tensor; b: Tensor }, n: number) => p.a.mul(p.b).mul(n));
    const compiled = jit(g, { static: 1 });
    const shapes = [tensor(1), tensor([1, 2]), tensor([[1, 2]]), tensor([1, 2], { dtype: "float32" })];
    for (let round = 0; round < 3; round++) {
      for (const a of shapes)
        for (const n of [2, 3]) expect(sameBits(compiled({ a, b: a }, n), a.mul(a).mul(n))).toBe(true);
    }
    expect(calls()).toBe(8);
  });
  test("remembers a limited number of signatures", () => {
    const { calls, g } = counted((y: Tensor) => y.sum());
    const compiled = jit(g);
    for (let round = 0; round < 2; round++) for (let n = 1; n <= 65; n++) compiled(zeros([n]));
    expect(calls()).toBe(130);
    compiled(zeros([65]));
    expect(calls()).toBe(130);
  });
  test("static arguments are compared by value", () => {
    const { calls, g } = counted((y: Tensor, o: { axes: number[]; by: (z: Tensor) => Tensor }) =>
      o.by(y.sum({ axis: o.axes })),
    );
    const compiled = jit(g, { static: [1] });
    const by = (z: Tensor) => z.exp();
    for (let round = 0; round < 3; round++) compiled(tensor([[1, 2]]), { axes: [0], by });
    expect(calls()).toBe(1);
    expect(compiled(tensor([[1, 2]]), { axes: [1], by }).shape).toEqual([1]);
    compiled(tensor([[1, 2]]), { axes: [1], by: (z) => z });
    expect(calls()).toBe(3);
    expect(() => jit(g, { static: -1 })).toThrow("positions of arguments");
  });
  test("static arguments may be changed in place", () => {
    interface Options {
      by: number;
      plus: number[];
      readonly within: unknown[];
    }
    const { calls, g } = counted((y: Tensor, o: Options) => y.mul(o.by).add(o.plus[0]!));
    const compiled = jit(g, { static: 1 });
    const options: Options = { by: 2, plus: [1], within: [] };
    options.within.push(options);
    const results = () => [1, 2, 3].map((x) => compiled(tensor(x), options).item());
    expect(results()).toEqual([3, 5, 7]);
    options.by = 3;
    expect(results()).toEqual([4, 7, 10]);
    options.plus[0] = 5;
    expect(results()).toEqual([8, 11, 14]);
    expect(calls()).toBe(3);
  });
  test("stays compiled under other transformations, and does not run f again", () => {
    const { calls, g } = counted(f);
    const compiled = jit(g);
    for (let round = 0; round < 3; round++) {
      expect(sameBits(grad(compiled)(x), grad(f)(x))).toBe(true);
      expect(sameBits(jvp(compiled, [x], [x]).tangent, jvp(f, [x], [x]).tangent)).toBe(true);
      expect(sameBits(vmap((y: Tensor) => compiled(y.mul(x)))(x), vmap((y: Tensor) => f(y.mul(x)))(x))).toBe(
        true,
      );
      expect(sameBits(hessian(compiled)(x), hessian(f)(x))).toBe(true);
      expect(sameBits(hvp(compiled, x, x), hvp(f, x, x))).toBe(true);
      const [one, other] = [compiled, f].map((h) => jet(h, [x], [[tensor([1, 1, 1])]]));
      expect(sameBits(one!.series[0]!, other!.series[0]!)).toBe(true);
    }
    expect(calls()).toBe(1);
  });
  test("a result may be an argument, a constant, or the same twice", () => {
    const compiled = jit((y: Tensor) => ({ y, two: 2, twice: [y.sin(), y.sin()] }));
    const { y, two, twice } = compiled(x);
    expect([y, two, ...twice].map(String)).toEqual([x, 2, x.sin(), x.sin()].map(String));
  });
  test("has a type for functions that take anything that becomes a tensor", () => {
    const determinant: (x: Tensor) => Tensor = jit(linalg.det);
    const solve: (a: Tensor, b: Tensor) => Tensor = jit(linalg.solve);
    const a = tensor([[2, 1], [0, 4]]); // prettier-ignore
    expect(determinant(a).item()).toBe(8);
    expect(solve(a, tensor([4, 8])).toArray()).toEqual([1, 2]);
  });
  test("jit in jit is part of the outer program", () => {
    const inner = jit((y: Tensor) => y.sin());
    expect(
      jit((y: Tensor) => inner(inner(y)))
        .lower(x)
        .toString(),
    ).toBe("{ lambda a:f64[3] .\n  let b:f64[3] = sin a\n      c:f64[3] = sin b\n  in (c) }");
  });
});

describe("what a jitted function closes over", () => {
  test("is differentiated when it belongs to an outer transformation", () => {
    const outer = (w: Tensor) => jit((y: Tensor) => y.mul(w).sin().sum())(x);
    const plain = (w: Tensor) => x.mul(w).sin().sum();
    expect(sameBits(grad(outer)(x), grad(plain)(x))).toBe(true);
    expect(sameBits(hessian(outer)(x), hessian(plain)(x))).toBe(true);
    expect(sameBits(vmap(outer)(x), vmap(plain)(x))).toBe(true);
    expect(sameBits(jit(outer)(x), plain(x))).toBe(true);
  });
  test("is taken from the transformation that runs now, not from one that has returned", () => {
    let w = tensor([1, 1, 1]);
    const { calls, g } = counted((y: Tensor) => y.mul(w).sin().sum());
    const compiled = jit(g);
    const plain = (v: Tensor) => x.mul(v).sin().sum();
    for (const point of [x, x.mul(2), x.mul(3)]) {
      const found = grad((v: Tensor) => {
        w = v;
        return compiled(x).add(compiled(x));
      })(point);
      expect(found.sub(grad(plain)(point).mul(2)).abs().max().item()).toBeLessThan(1e-15);
    }
    expect(calls()).toBe(3);
  });
});

describe("a number that is not known", () => {
  const attempts: [string, (y: Tensor) => unknown][] = [
    ["item", (y) => y.sum().item()],
    ["toArray", (y) => y.toArray()],
    ["toTypedArray", (y) => y.toTypedArray()],
    ["a JavaScript operator", (y: unknown) => ((y as number) > 0 ? 1 : 2)],
    ["a JavaScript operator", (y: unknown) => 1 <= (y as number)],
    ["a JavaScript operator", (y: unknown) => (y as number) == 1],
    ["a JavaScript operator", (y: unknown) => (y as number) + 1],
    ["a JavaScript operator", (y: unknown) => -(y as number)],
    ["a JavaScript operator", (y: unknown) => Math.abs(y as number)],
  ];
  test.each(attempts)("%s: the error names the line and the ways out", (where, g) => {
    const call = () => jit((y: Tensor) => (g(y), y))(x);
    expect(call).toThrow(expect.objectContaining({ code: "UNKNOWN_VALUE", name: "UnknownValueError" }));
    expect(call).toThrow(
      new RegExp(`^${where}: .*jit\\.test\\.ts:\\d+:\\d+.*static.*where, cond or whileLoop.*outside of jit`),
    );
  });
  test("text is no number: what is printed while a function is recorded says what is known", () => {
    const texts: string[] = [];
    jit((y: Tensor) => (texts.push(`${String(y)} ${[y].join()}`), y))(x);
    expect(texts).toEqual(["<unknown float64[3]> <unknown float64[3]>"]);
  });
  test("under a derivative inside of jit as well", () => {
    expect(() => jit(grad((y: Tensor) => y.sum().mul(y.sum().item())))(x)).toThrow(
      "jit records operations before",
    );
  });
  test("stored outside: the error says where it came from", () => {
    let leaked = x;
    jit((y: Tensor) => (leaked = y.sin()))(x);
    expect(() => leaked.mul(2)).toThrow(/jit, called at .*jit\.test\.ts:\d+:\d+/);
  });
  test("an argument that is no tree should be static", () => {
    expect(() => jit((y: Tensor, _: string) => y)(x, "a")).toThrow("jit: arguments[1]: expected a tensor");
  });
  test("checks of numbers are made when the program runs", () => {
    const pick = jit((y: Tensor, i: Tensor) => y.take(i));
    expect(pick(x, tensor([0, -1], { dtype: "int32" })).toArray()).toEqual([0.3, 2.5]);
    expect(() => pick(x, tensor([0, 3], { dtype: "int32" }))).toThrow(
      "index 3 is out of range for an axis of length 3",
    );
    const solved = jit((a: Tensor) => linalg.solve(a, tensor([1, 2])));
    expect(
      sameBits(
        solved(
          tensor([
            [2, 1],
            [0, 1],
          ]),
        ),
        linalg.solve(
          tensor([
            [2, 1],
            [0, 1],
          ]),
          tensor([1, 2]),
        ),
      ),
    ).toBe(true);
    expect(() =>
      solved(
        tensor([
          [1, 1],
          [1, 1],
        ]),
      ),
    ).toThrow("the matrix is singular");
    expect(() =>
      grad((a: Tensor) => solved(a).sum())(
        tensor([
          [1, 1],
          [1, 1],
        ]),
      ),
    ).toThrow("the matrix is singular");
  });
  test("sorting and random numbers need none", () => {
    expect(sameBits(jit((y: Tensor): Tensor => sort(y))(x), sort(x))).toBe(true);
    const draw = (key: Tensor) => random.normal(key, [3]);
    expect(sameBits(jit(draw)(random.key(7)), draw(random.key(7)))).toBe(true);
  });
});

test("the tape of a jitted function keeps residuals", () => {
  expect(
    savedBytes(
      jit((y: Tensor) => y.mul(2).sum()),
      x,
    ),
  ).toBe(0);
  expect(
    savedBytes(
      jit((y: Tensor) => y.exp().sum()),
      x,
    ),
  ).toBe(24);
  expect(
    savedBytes(
      jit((y: Tensor) => where(y.greater(0), y, 0).sum()),
      x,
    ),
  ).toBe(3);
});

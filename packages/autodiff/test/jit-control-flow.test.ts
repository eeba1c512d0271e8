import { describe, expect, test } from "@jest/globals";
import { linspace, tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import {
  checkpoint,
  cond,
  customJvp,
  customVjp,
  grad,
  hvp,
  jit,
  jvp,
  linearize,
  scan,
  vmap,
  whileLoop,
} from "@cotangent/autodiff";

const x = tensor([0.3, -1.2, 2.5]);

/** Value, gradient, second derivative, tangent and batch of a function of a vector with values in the reals. */
function all(g: (y: Tensor) => Tensor): (y: Tensor) => readonly Tensor[] {
  return (y) => [
    g(y),
    grad(g)(y),
    jvp(g, [y], [y]).tangent,
    linearize(g, y).pushforward(y),
    hvp(g, y, y),
    vmap(g)(y.expandDims(0).mul(tensor([[1], [2]]))),
  ];
}

const expectSame = (found: readonly Tensor[], expected: readonly Tensor[]) => {
  expect(found.map(String)).toEqual(expected.map(String));
};

describe("control flow", () => {
  const pick = (y: Tensor) =>
    cond(
      y.sum().greater(1),
      (z) => z.sin().mul(y).sum(),
      (z) => z.exp().sum(),
      y,
    );
  const halve = (y: Tensor) =>
    whileLoop(
      (z: Tensor) => z.square().sum().greater(1),
      (z) => z.mul(0.5).add(y.mul(0.01)),
      y,
    ).sum();
  const sums = (y: Tensor) =>
    scan((c: Tensor, z: Tensor) => [c.mul(z).sin(), c], 1, y, { checkpoint: { arity: 2 } });
  const points = [x, x.neg()];

  test("cond", () => {
    const two = (y: Tensor) => [pick(y), grad(pick)(y), jvp(pick, [y], [y]).tangent, hvp(pick, y, y)];
    for (const point of points) {
      expectSame(jit(two)(point), two(point));
      const compiled = jit(pick);
      expectSame(
        [grad(compiled)(point), hvp(compiled, point, point)],
        [grad(pick)(point), hvp(pick, point, point)],
      );
    }
    // Batched operands, with the same choice for all examples.
    const chosen = (p: Tensor, y: Tensor) =>
      vmap((z: Tensor) =>
        cond(
          p.greater(0),
          () => z.sin(),
          () => z,
        ),
      )(y);
    for (const p of [1, -1]) expectSame([jit(chosen)(tensor(p), x)], [chosen(tensor(p), x)]);
    expect(jit(pick).lower(x).toString()).toContain("cond c a\n        ifTrue = {");
  });
  test("of examples that differ", () => {
    // Both branches, and the body, are undefined outside of their examples, and so are their derivatives.
    const choose = (y: Tensor) =>
      cond(
        y.greater(0),
        (z) => z.sqrt().mul(y),
        (z) => z.neg().log(),
        y,
      );
    const shrink = (y: Tensor) =>
      whileLoop(
        (z: Tensor) => z.greater(2),
        (z) => z.sub(1).log().mul(2).add(y.mul(0.1)),
        y,
      );
    const rows = tensor([[4, -4, -0.5], [1, -2, 9], [3, 5, -1]]); // prettier-ignore
    for (const f of [choose, shrink]) {
      const twice = (g: (y: Tensor) => Tensor) => vmap(vmap(g));
      const compiled = jit(f);
      expectSame([jit(twice(f))(rows), twice(compiled)(rows)], [twice(f)(rows), twice(f)(rows)]);
      expectSame([vmap(jit(vmap(f)))(rows)], [twice(f)(rows)]);
      for (const d of [grad(compiled), (y: Tensor) => jvp(compiled, [y], [1]).tangent]) {
        expectSame([twice(d)(rows)], [twice(grad(f))(rows)]);
      }
      expectSame([grad((y: Tensor) => jit(twice(f))(y).sum())(rows)], [twice(grad(f))(rows)]);
      expectSame([twice(grad(grad(compiled)))(rows)], [twice(grad(grad(f)))(rows)]);
      expect(jit(vmap(f))(zeros([0])).shape).toEqual([0]);
    }
    expectSame([jit(vmap(vmap(grad(choose))))(rows)], [vmap(vmap(grad(choose)))(rows)]);
    expect(() => jit(vmap(grad(shrink)))(x)).toThrow("grad(jit(f))");
  });
  test("cond of different results", () => {
    expect(() =>
      jit((y: Tensor) =>
        cond(
          y.greater(0),
          () => y,
          () => y.greater(0),
        ),
      )(1),
    ).toThrow("dtype");
    expect(() =>
      jit((y: Tensor) =>
        cond(
          y.greater(0),
          () => y,
          () => y.expandDims(0),
        ),
      )(1),
    ).toThrow("shape");
    expect(() =>
      jit((y: Tensor) =>
        cond(
          y.greater(0),
          () => y,
          () => y,
        ),
      )(x),
    ).toThrow("must be one number");
  });
  test("whileLoop", () => {
    const compiled = jit(halve);
    for (const point of [...points, x.mul(10)]) {
      expectSame([compiled(point)], [halve(point)]);
      expectSame(
        [grad(compiled)(point), hvp(compiled, point, point), jvp(compiled, [point], [point]).tangent],
        [grad(halve)(point), hvp(halve, point, point), jvp(halve, [point], [point]).tangent],
      );
    }
    expect(() => jit(grad(halve))(x)).toThrow("grad(jit(f))");
    const known = (y: Tensor) =>
      whileLoop(
        ({ i }: { i: Tensor; z: Tensor }) => i.less(3),
        ({ i, z }) => ({ i: i.add(1), z: z.sin() }),
        { i: tensor(0), z: y },
      ).z.sum();
    expectSame(jit(all(known))(x), all(known)(x));
  });
  test("scan", () => {
    const last = (y: Tensor) => sums(y)[0].add(sums(y)[1].sum());
    expectSame(jit(all(last))(x), all(last)(x));
    expectSame(all(jit(last))(x), all(last)(x));
  });
  test("a long scan is recorded once, and called", () => {
    let calls = 0;
    const w = tensor([0.5, -0.2, 0.1]);
    const long = (y: Tensor) => {
      const step = (c: Tensor, z: Tensor): [Tensor, Tensor] => {
        calls += 1;
        return [c.mul(y).sin().add(z), c.sum()];
      };
      const [last, ys] = scan(step, w, y.sum().mul(linspace(0, 1, 40)), { checkpoint: { arity: 3 } });
      return last.sum().add(ys.square().sum());
    };
    const expected = all(long)(x).map((leaf) => leaf.toTypedArray());
    calls = 0;
    const compiled = jit(long);
    for (const found of [jit(all(long))(x), all(compiled)(x), all(compiled)(x)]) {
      found.forEach((leaf, i) =>
        leaf.toTypedArray().forEach((value, k) => {
          expect(Math.abs(value - expected[i]![k]!)).toBeLessThanOrEqual(1e-13 * Math.abs(expected[i]![k]!));
        }),
      );
    }
    expect(calls).toBeLessThan(40);
    expect(compiled.lower(x).equations.length).toBeLessThan(40 * 5);
  });
  test("checkpoint", () => {
    const g = (y: Tensor) => checkpoint((z: Tensor) => z.sin().exp().mul(y).sum())(y);
    expectSame(jit(all(g))(x), all(g)(x));
    expectSame(all(jit(g))(x), all(g)(x));
  });
});

describe("functions with a derivative of their own", () => {
  // Wrong derivatives on purpose: they show which rule was used.
  const doubled = customJvp(
    (y: Tensor) => y.sin(),
    ([y], [t]) => ({ value: y.sin(), tangent: y.cos().mul(t).mul(2) }),
  );
  const clipped = customVjp((y: Tensor) => y.square(), {
    forward: (y) => ({ value: y.square(), residuals: y }),
    backward: (y, ct) => [ct.mul(y).clip(-0.5, 0.5)],
  });
  const nested = customJvp(
    (y: Tensor) => doubled(y).mul(y),
    ([y], [t]) => ({ value: doubled(y).mul(y), tangent: doubled(y).mul(t) }),
  );
  test.each([
    ["customJvp", (y: Tensor) => doubled(y).mul(y).sum()],
    ["customJvp in customJvp", (y: Tensor) => nested(y).sum()],
    ["customJvp under vmap", (y: Tensor) => vmap((z: Tensor) => doubled(z.mul(y)).sum())(y).sum()],
  ])("%s", (_, g) => {
    expectSame(jit(all(g))(x), all(g)(x));
    expectSame(all(jit(g))(x), all(g)(x));
  });
  test("customVjp", () => {
    const g = (y: Tensor) => clipped(y).mul(y).sum();
    const reverse = (h: typeof g) => (y: Tensor) => [
      h(y),
      grad(h)(y),
      vmap(grad(h))(y.expandDims(0)),
      grad((z: Tensor) => grad(h)(z).sum())(y),
    ];
    expectSame(jit(reverse(g))(x), reverse(g)(x));
    expectSame(reverse(jit(g))(x), reverse(g)(x));
    const batch = (y: Tensor) => vmap((z: Tensor) => clipped(z.mul(y)).sum())(y).sum();
    expectSame(jit(reverse(batch))(x), reverse(batch)(x));
    expectSame(reverse(jit(batch))(x), reverse(batch)(x));
    expect(() => jvp(jit(g), [x], [x])).toThrow("forward mode");
    expect(() => jit((y: Tensor) => jvp(g, [y], [y]).tangent)(x)).toThrow("forward mode");
  });
  test("one that closes over a value of the jitted function is refused", () => {
    const g = (y: Tensor) =>
      customJvp(
        (z: Tensor) => z.mul(y),
        ([z], [t]) => ({ value: z.mul(y), tangent: t.mul(y) }),
      )(y).sum();
    expect(() => jit(g)(x)).toThrow("closes over a traced value");
  });
});

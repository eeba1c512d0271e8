import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { linspace, tensor, type Tensor } from "@cotangent/core-tensor";
import {
  checkpoint,
  customJvp,
  grad,
  hessian,
  hvp,
  jacfwd,
  jvp,
  linearize,
  RuleError,
  savedBytes,
  vjp,
} from "@cotangent/autodiff";
import { arbTensor, checkDerivatives } from "@cotangent/autodiff/testing";

const list = (x: Tensor) => x.toArray();
const f = (x: Tensor) => x.sin().mul(x).exp().tanh().square();
const point = tensor([0.3, -0.7, 1.1]);

describe("checkpoint", () => {
  test("has the bits of the function in every mode and order", () => {
    fc.assert(
      fc.property(arbTensor(), (x) => {
        const scalar = (g: (x: Tensor) => Tensor) => (y: Tensor) => g(y).sum();
        const [plain, saved] = [scalar(f), scalar(checkpoint(f))];
        const v = x.cos();
        expect(list(grad(saved)(x))).toEqual(list(grad(plain)(x)));
        expect(list(jvp(saved, [x], [v]).tangent)).toEqual(list(jvp(plain, [x], [v]).tangent));
        expect(list(hvp(saved, x, v))).toEqual(list(hvp(plain, x, v)));
        const twice = (g: (x: Tensor) => Tensor) => grad((y: Tensor) => grad(g)(y).mul(v).sum())(x);
        expect(list(twice(saved))).toEqual(list(twice(plain)));
        const forwardOfForward = (g: (x: Tensor) => Tensor) =>
          jvp((y: Tensor) => jvp(g, [y], [v]).tangent, [x], [v]).tangent;
        expect(list(forwardOfForward(saved))).toEqual(list(forwardOfForward(plain)));
      }),
      { numRuns: 25 },
    );
  });
  test("third order, reverse over reverse over reverse", () => {
    const g = checkpoint((x: Tensor) => checkpoint((y: Tensor) => y.pow(4))(x.mul(2)));
    expect(grad(grad(grad(g)))(1.5).item()).toBe(16 * 24 * 1.5);
  });
  test("derivatives by the laws", () => {
    checkDerivatives(checkpoint(f), [point]);
  });
  test("differentiates what the function closes over", () => {
    const outer = (save: boolean) => (a: Tensor, x: Tensor) => {
      const b = a.exp();
      const inner = (y: Tensor) => y.mul(a).add(b.mul(b)).sin().mul(a.cos());
      return (save ? checkpoint(inner) : inner)(x).sum();
    };
    const both = { argnums: [0, 1] } as const;
    const [expected, got] = [grad(outer(false), both)(0.4, point), grad(outer(true), both)(0.4, point)];
    expect(got.map(list)).toEqual(expected.map(list));
    const second = (save: boolean) => grad((a: Tensor) => grad(outer(save))(a, point))(0.4).item();
    expect(second(true)).toBeCloseTo(second(false), 12);
    const constant = grad((a: Tensor) => checkpoint((y: Tensor) => y.mul(a.square()))(tensor(2)))(3);
    expect(constant.item()).toBe(12);
  });
  test("closures over an outer transformation, played inside and outside of it", () => {
    const g = (a: Tensor) =>
      grad((x: Tensor) => checkpoint((y: Tensor) => y.mul(a).sin().mul(a))(x).sum())(point);
    const h = (a: Tensor) => grad((x: Tensor) => x.mul(a).sin().mul(a).sum())(point);
    const [expected, got] = [jacfwd(h)(0.3), jacfwd(g)(0.3)];
    expect(list(got)).toEqual(list(expected));
    const u = tensor([1, -2, 0.5]);
    expect(list(vjp(g, 0.3).pullback(u)[0])).toEqual(list(vjp(h, 0.3).pullback(u)[0]));
  });
  test("a transposed map is differentiated in its cotangent", () => {
    const { pullback } = linearize(checkpoint(f), point);
    const { pullback: plain } = linearize(f, point);
    const loss = (map: typeof pullback) => grad((ct: Tensor) => map(ct)[0].square().sum())(point);
    expect(list(loss(pullback))).toEqual(list(loss(plain)));
  });
  test("with trees, custom rules and transformations inside", () => {
    const soft = customJvp(
      (x: Tensor) => x.exp().log1p(),
      ([x], [t]) => ({ value: x.exp().log1p(), tangent: t.mul(x.sigmoid()) }),
    );
    const g = (p: { a: Tensor; b: [Tensor, Tensor] }) => ({
      c: soft(p.a).mul(p.b[0]),
      d: [grad((y: Tensor) => y.mul(p.a).sin().sum())(p.b[1])],
    });
    const at = { a: point, b: [tensor(0.5), point.mul(2)] as [Tensor, Tensor] };
    const total = (h: typeof g) => (p: typeof at) => {
      const { c, d } = h(p);
      return c.sum().add(d[0]!.square().sum());
    };
    const [expected, got] = [grad(total(g))(at), grad(total(checkpoint(g)))(at)];
    expect([got.a, ...got.b].map(list)).toEqual([expected.a, ...expected.b].map(list));
  });
  test("runs the function once more for each backward pass, and not for forward mode", () => {
    let runs = 0;
    const g = checkpoint((x: Tensor) => {
      runs += 1;
      return x.exp();
    });
    const { pullback } = vjp(g, 1);
    expect(runs).toBe(1);
    pullback(1);
    expect(runs).toBe(2);
    pullback(1);
    expect(runs).toBe(3);
    jvp(g, [1], [1]);
    expect(runs).toBe(4);
  });
  test("a result that passes through, a constant result, no dependence", () => {
    const g = checkpoint((x: Tensor) => [x, tensor(3), x.stopGradient().exp()]);
    expect(vjp(g, 2).pullback([1, 1, 1])[0].item()).toBe(1);
    expect(grad((x: Tensor) => checkpoint(() => tensor(3))().add(x))(2).item()).toBe(1);
  });
  test("says why a function that changes, or leaks, cannot be played", () => {
    let runs = 0;
    const changing = checkpoint((x: Tensor) => (runs++ === 0 ? x.exp() : x));
    expect(() => grad(changing)(1)).toThrow(RuleError);
    const leak = (x: Tensor) => {
      let inside = x;
      const y = checkpoint((z: Tensor) => (inside = z.exp()).sin())(x);
      return y.add(inside);
    };
    expect(() => grad(leak)(1)).toThrow("stored outside");
  });
});

describe("savedBytes", () => {
  const x = linspace(0, 1, 100);
  test("counts distinct arrays once", () => {
    expect(savedBytes((y: Tensor) => y.add(y).sum(), x)).toBe(0);
    expect(savedBytes((y: Tensor) => y.exp().sum(), x)).toBe(800);
    const weights = x.cos();
    expect(savedBytes((y: Tensor) => y.mul(weights).add(y.mul(weights).mul(weights)), x)).toBe(800);
  });
  test("of a checkpointed function are its arguments", () => {
    const deep = (y: Tensor) => f(f(f(y)));
    expect(savedBytes(deep, x)).toBeGreaterThan(8000);
    expect(savedBytes(checkpoint(deep), x)).toBe(800);
    expect(hessian((y: Tensor) => checkpoint(deep)(y).sum())(point).shape).toEqual([3, 3]);
  });
  test("inside of another transformation counts both parts of a value", () => {
    let bytes = 0;
    grad((a: Tensor) => {
      bytes = savedBytes((y: Tensor) => y.mul(a), x);
      return a;
    })(1);
    expect(bytes).toBe(8);
  });
});

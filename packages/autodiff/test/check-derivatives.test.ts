import { describe, expect, test } from "@jest/globals";
import { broadcastTo, linalg, matmul, mul, tensor, type Tensor } from "@cotangent/core-tensor";
import { customJvp, customVjp } from "@cotangent/autodiff";
import { checkDerivatives, DerivativeError } from "@cotangent/autodiff/testing";

const caught = (run: () => void): DerivativeError => {
  try {
    run();
  } catch (error) {
    if (error instanceof DerivativeError) return error;
    throw error;
  }
  throw new Error("no DerivativeError was thrown");
};

const x = tensor([0.5, -1.25, 2]);
const A = tensor([
  [4, 1, 0.5],
  [-1, 3, 2],
  [0.25, 1, 5],
]);

describe("checkDerivatives accepts", () => {
  test.each<[string, (x: Tensor) => unknown]>([
    ["linear functions, exactly", (v) => matmul(A, v)],
    ["constants", () => tensor([1, 2])],
    ["sums with a large constant", (v) => v.add(1e12)],
    ["cancellation", (v) => v.add(1e6).square().sub(1e12)],
    ["functions without curvature at the point", (v) => v.sub(x).sin()],
    ["values of very different size", (v) => [v.exp().mul(1e200), v.sin().mul(1e-200)]],
    ["fast oscillation", (v) => v.mul(3e4).sin()],
    ["ill-conditioned solves", (v) => linalg.solve(mul(A, [[1], [1e-9], [1e9]]).add(v.outer(v)), v)],
    ["nothing", () => []],
    ["an empty value", () => tensor([])],
  ])("%s", (_, f) => checkDerivatives(f, [x], { order: 2 }));

  test.each([1e-150, 1e-6, 1, 1e6, 1e100])("arguments of size %d", (size) => {
    checkDerivatives((v: Tensor) => v.div(size).exp(), [x.mul(size)], { order: 2 });
  });

  test("trees, numbers, integer leaves, float32", () => {
    checkDerivatives(
      (p: { w: Tensor; n: Tensor }, b: Tensor) => ({ y: p.w.mul(p.n).add(b).tanh() }),
      [{ w: x, n: tensor([1, 2, 3], { dtype: "int32" }) }, 0.5],
      { order: 2 },
    );
    checkDerivatives((v: Tensor) => v.sin().mul(v), [x.astype("float32")], { order: 1 });
  });

  test("a point at the edge of the domain, if steps inside of it are found", () => {
    checkDerivatives((v: Tensor) => v.log(), [tensor([1, 1e-4])]);
  });
});

describe("checkDerivatives catches", () => {
  type Rule = (x: Tensor, t: Tensor) => Tensor;
  const wrong = (f: (x: Tensor) => Tensor, rule: Rule) =>
    customJvp(f, ([v]: [Tensor], [t]) => ({ value: f(v), tangent: rule(v, t) }));
  const seeded: [string, (x: Tensor) => Tensor, Rule][] = [
    ["a dropped factor", (v) => v.square(), (v, t) => v.mul(t)],
    ["a wrong sign", (v) => v.cos(), (v, t) => v.sin().mul(t)],
    ["a transposed operand", (v) => matmul(A, v), (_, t) => matmul(A.T, t)],
    ["a missing broadcast", (v) => v.sum().add(v), (_, t) => broadcastTo(t.sum(), [3])],
    ["a forgotten term", (v) => v.mul(v.sum()), (v, t) => t.mul(v.sum())],
    ["a derivative of zero", (v) => v.exp(), (_, t) => t.mul(0)],
    ["NaN", (v) => v.exp(), (_, t) => t.mul(NaN)],
    ["an error of one part in a thousand", (v) => v.exp(), (v, t) => v.exp().mul(t).mul(1.001)],
    ["an error in one small element", (v) => v.mul([1e9, 1, 1e9]), (_, t) => t.mul([1e9, 1.1, 1e9])],
  ];

  test.each(seeded)("%s, in both modes and any size of x", (_, f, rule) => {
    for (const mode of ["forward", "reverse"] as const) {
      for (const seed of [0, 1, 2]) {
        const error = caught(() => checkDerivatives(wrong(f, rule), [x], { modes: [mode], seed }));
        expect(error.code).toBe("DERIVATIVE");
        expect(error.failure).toMatchObject({ law: "taylor", order: 1, mode });
      }
    }
  });

  test.each([1e-100, 1e-3, 1e3, 1e100])("a dropped factor at x of size %d", (size) => {
    const f = wrong(
      (v) => v.div(size).square(),
      (v, t) => v.div(size).mul(t.div(size)),
    );
    expect(() => checkDerivatives(f, [x.mul(size)])).toThrow(DerivativeError);
  });

  test("and names the smallest direction", () => {
    const f = wrong(
      (v) => v.square(),
      (v, t) => v.mul(t).mul([2, 2, 1]),
    );
    const { failure, message } = caught(() => checkDerivatives(f, [x]));
    expect(String(failure!.direction)).toBe("[0, 0, 1]");
    expect(message).toContain("v = [tensor([0, 0, 1])]");
    expect(message).toContain("should fall as h^2");
  });

  test("second derivatives that are wrong where first ones are right", () => {
    const cube = wrong(
      (v) => v.pow(3),
      (v, t) =>
        wrong(
          (y) => y.square(),
          (y, s) => y.mul(s),
        )(v)
          .mul(3)
          .mul(t),
    );
    checkDerivatives(cube, [x], { modes: ["forward"] });
    const { failure } = caught(() => checkDerivatives(cube, [x], { modes: ["forward"], order: 2 }));
    expect(failure).toMatchObject({ law: "taylor", order: 2, mode: "forward" });
  });

  test("a reverse rule that is not the transpose of the forward one", () => {
    const f = customVjp((v: Tensor) => matmul(A, v), {
      forward: (v) => ({ value: matmul(A, v), residuals: null }),
      backward: (_, ct) => [matmul(A, ct)],
    });
    const { failure } = caught(() => checkDerivatives(f, [x], { modes: ["reverse"] }));
    expect(failure).toMatchObject({ law: "taylor", mode: "reverse" });
  });

  test("in float32", () => {
    const f = wrong(
      (v) => v.square(),
      (v, t) => v.mul(t),
    );
    expect(() => checkDerivatives(f, [x.astype("float32")])).toThrow(DerivativeError);
  });

  test("kinks and points that are not finite", () => {
    expect(() => checkDerivatives((v: Tensor) => v.sub(x).abs(), [x])).toThrow("wrong along v");
    expect(() => checkDerivatives((v: Tensor) => v.log(), [x])).toThrow("not finite at this point");
    expect(() => checkDerivatives((v: Tensor) => v.sqrt(), [0])).toThrow("not finite near this point");
  });
});

test("a second derivative that cancels inside of f is uncertain by the rounding of the first", () => {
  const f = (v: Tensor) => v.norm({ axis: -1, keepDims: true });
  checkDerivatives(f, [tensor([1.75])], { order: 2, directions: 40, seed: 1266070 });
});

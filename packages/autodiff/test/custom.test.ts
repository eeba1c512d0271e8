import { describe, expect, test } from "@jest/globals";
import { concatenate, sub, tensor, where, type Tensor } from "@cotangent/core-tensor";
import { customJvp, customVjp, grad, jvp, RuleError, stopGradient } from "@cotangent/autodiff";

const cube: (x: Tensor) => Tensor = customJvp(
  (x: Tensor) => x.pow(3),
  ([x], [t]) => ({ value: cube(x), tangent: t.mul(x.square()).mul(3) }),
);
const cubeVjp = customVjp((x: Tensor) => x.pow(3), {
  forward: (x) => ({ value: x.pow(3), residuals: x }),
  backward: (x, ct) => [ct.mul(x.square()).mul(3)],
});

describe("customJvp", () => {
  test("serves both modes and nests", () => {
    expect(grad(cube)(2).item()).toBe(12);
    expect(jvp(cube, [2], [1]).tangent.item()).toBe(12);
    expect(grad(grad(cube))(2).item()).toBe(12);
    expect(grad(grad(grad(cube)))(2).item()).toBe(6);
  });
  test("refuses a rule that closes over a differentiated value", () => {
    const f = (a: Tensor) =>
      customJvp(
        (x: Tensor) => x.mul(a),
        ([x], [t]) => ({ value: x.mul(a), tangent: t.mul(a) }),
      )(a);
    expect(() => grad(f)(2)).toThrow(RuleError);
  });
  test("refuses a rule that is not linear", () => {
    const f = customJvp(
      (x: Tensor) => x,
      ([x], [t]) => ({ value: x, tangent: t.mul(t) }),
    );
    expect(() => grad(f)(2)).toThrow("it must be linear in them");
    const g = customJvp(
      (x: Tensor) => x,
      ([x], [t]) => ({ value: x, tangent: t.exp() }),
    );
    expect(() => grad(g)(2)).toThrow("exp: a derivative rule applied this operation to a tangent");
  });
  test("refuses a rule that adds a constant to a tangent, or returns one", () => {
    const rules: readonly ((t: Tensor) => Tensor)[] = [
      (t) => t.add(1),
      (t) => sub(1, t),
      (t) => where(tensor(true), 1, t),
      (t) => concatenate([t.reshape([1]), [1]]).sum(),
      () => tensor(5),
    ];
    for (const tangent of rules) {
      const f = customJvp(
        (x: Tensor) => x,
        ([x], [t]) => ({ value: x, tangent: tangent(t) }),
      );
      expect(() => grad(f)(2)).toThrow(RuleError);
    }
    const untouched = customJvp(
      (x: Tensor, y: Tensor) => x.mul(y),
      ([x, y], [s, t]) => ({ value: x.mul(y), tangent: s.mul(y).add(t.mul(x)) }),
    );
    expect(grad((x: Tensor) => untouched(x, tensor(3)))(2).item()).toBe(3);
  });
  test("refuses a tangent that closes over a differentiated value, in both modes", () => {
    const f = (a: Tensor) =>
      customJvp(
        (x: Tensor) => x.mul(2),
        ([x], [t]) => ({ value: x.mul(2), tangent: t.mul(a) }),
      )(a);
    expect(() => jvp(f, [2], [1])).toThrow(RuleError);
    expect(() => grad(f)(2)).toThrow(RuleError);
  });
});

describe("customVjp", () => {
  test("serves reverse mode and nests", () => {
    expect(grad(cubeVjp)(2).item()).toBe(12);
    expect(grad(grad(cubeVjp))(2).item()).toBe(12);
  });
  test("refuses forward mode", () => {
    expect(() => jvp(cubeVjp, [2], [1])).toThrow("Use customJvp");
  });
});

test("stopGradient stops every derivative", () => {
  expect(grad((x: Tensor) => x.mul(stopGradient(x)))(3).item()).toBe(3);
  expect(jvp((x: Tensor) => stopGradient(x).square(), [tensor(3)], [1]).tangent.item()).toBe(0);
});

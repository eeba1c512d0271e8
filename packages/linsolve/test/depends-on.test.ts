import { describe, expect, test } from "@jest/globals";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, jit } from "@cotangent/autodiff";
import { fromFunction, jacobian, LinearSystem, linearSolve, type LinearOperator } from "@cotangent/linsolve";

/** What a system finds out about an operator while t is differentiated: traces that it depends on, and products for that. */
function foundOf(operatorOf: (t: Tensor) => LinearOperator<Tensor>): { traces: string[]; products: number } {
  let found: { traces: string[]; products: number } | undefined;
  grad((t: Tensor) => {
    const operator = operatorOf(t) as LinearOperator;
    const { traces, products } = new LinearSystem({ operator, claims: {} });
    found = { traces: traces.map(({ name }) => name), products };
    return t;
  })(2);
  return found!;
}

const at = tensor([1, 2]);

describe("what an operator depends on", () => {
  test("is known of a tape whose lines are known, without a product", () => {
    const cube = (x: Tensor) => x.square().mul(x);
    expect(foundOf(() => jacobian(cube, at))).toEqual({ traces: [], products: 0 });
    expect(foundOf((t) => jacobian((x: Tensor) => cube(x).mul(t), at))).toEqual({
      traces: ["grad"],
      products: 0,
    });
    expect(foundOf(() => jacobian(jit(cube), at))).toEqual({ traces: [], products: 0 });
    const jitted = jit((x: Tensor, t: Tensor) => cube(x).mul(t));
    expect(foundOf((t) => jacobian((x: Tensor) => jitted(x, t), at))).toEqual({
      traces: ["grad"],
      products: 0,
    });
    // t is all that the point depends on, and the tape keeps values at the point
    expect(foundOf((t) => jacobian(cube, at.mul(t)))).toEqual({ traces: ["grad"], products: 0 });
  });

  test("is seen in a product where a line is code", () => {
    expect(foundOf((t) => fromFunction((x: Tensor) => x.mul(t), { shape: [2] }))).toEqual({
      traces: ["grad"],
      products: 1,
    });
  });

  test("has its derivative: x(t) with t x = b at t = 2", () => {
    const b = tensor([4, 8]);
    const jitted = jit((x: Tensor, t: Tensor) => x.mul(t));
    for (const product of [jitted, (x: Tensor, t: Tensor) => x.mul(t)]) {
      const f = (t: Tensor) =>
        linearSolve(
          jacobian((x: Tensor) => product(x, t), at),
          b,
        ).sum();
      expect(grad(f)(2).item()).toBeCloseTo(-3, 12);
      expect(grad((t: Tensor) => grad(f)(t))(2).item()).toBeCloseTo(3, 12);
    }
  });
});

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { linspace, type Tensor } from "@cotangent/core-tensor";
import { hvp, jvp, valueAndGrad, vjp } from "@cotangent/autodiff";
import { countOperations } from "./count-operations.js";
import { arbProgram } from "./programs/arb-program.js";
import { elementary } from "./programs/operations.js";

test("over random programs of 8 steps or more, value and gradient cost at most 4 times the value, hvp at most 8 times", () => {
  fc.assert(
    fc.property(arbProgram({ minSteps: 8, of: elementary }), ({ f, inputs }) => {
      fc.pre(inputs.every(({ size }) => size > 0));
      const loss = (xs: readonly Tensor[]) => f(...xs).sum();
      const value = countOperations(() => loss(inputs));
      const both = countOperations(() => valueAndGrad(loss)(inputs));
      const product = countOperations(() => hvp(loss, inputs, inputs));
      expect(both.calls / value.calls).toBeLessThanOrEqual(4);
      expect(both.elements / value.elements).toBeLessThanOrEqual(4);
      expect(product.calls / value.calls).toBeLessThanOrEqual(8);
      expect(product.elements / value.elements).toBeLessThanOrEqual(8);
    }),
    { numRuns: 100 },
  );
});

describe("one operation of tensors that both depend on x: operations of", () => {
  const [x, y] = [linspace(0.25, 0.5, 16).reshape([4, 4]), linspace(0.5, 0.75, 16).reshape([4, 4])];
  const costs = (f: (xs: readonly Tensor[]) => Tensor) => {
    const gradient = (xs: readonly Tensor[], u: Tensor) => vjp(f, xs).pullback(u)[0];
    const point = [x, y] as const;
    const { calls } = countOperations(() => f(point));
    return [
      countOperations(() => gradient(point, y)).calls / calls,
      countOperations(() => jvp(gradient, [point, y], [point, y])).calls / calls,
    ];
  };
  test.each<[string, (xs: readonly Tensor[]) => Tensor, number[]]>([
    ["exp", ([a]) => a!.exp(), [2, 4]],
    ["sin", ([a]) => a!.sin(), [3, 6]],
    ["tanh, whose factor is seven operations in one pass", ([a]) => a!.tanh(), [3, 6]],
    ["add", ([a, b]) => a!.add(b!), [1, 2]],
    ["mul", ([a, b]) => a!.mul(b!), [3, 6]],
    ["div", ([a, b]) => a!.div(b!), [4, 8]],
    ["pow", ([a, b]) => a!.pow(b!), [5, 10]],
    ["a product with a constant", ([a]) => a!.matmul(y), [2, 4]],
    // 9 products, of which 3 pairs are added: there is no fused pair of products
    ["matmul", ([a, b]) => a!.matmul(b!), [3, 12]],
  ])("%s", (_, f, expected) => {
    expect(costs(f)).toEqual(expected);
  });
});

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { customJvp, linearCall, tree } from "@cotangent/autodiff";
import { jacobian, linearSolveWithReport, type LinearOperator } from "@cotangent/linsolve";

interface Pair {
  readonly a: Tensor;
  readonly b: Tensor;
}

const number = fc.double({ min: -2, max: 2, noNaN: true });
const pair = fc.tuple(fc.array(number, { minLength: 3, maxLength: 3 }), number);

/** Not linear, not symmetric, with leaves of different shapes; far enough from singular. */
const f = ({ a, b }: Pair): Pair => ({
  a: a.sin().add(a.mul(4)).sub(a.roll(1).mul(b)),
  b: a.mul([1, 2, 3]).sum().mul(0.1).add(b.mul(5)),
});

const withoutImages = <X>({ images: _, ...operator }: LinearOperator<X>): LinearOperator<X> => operator;

describe("products of one operator, several at once", () => {
  test("are those one after the other, also of trees", () => {
    fc.assert(
      fc.property(pair, pair, ([a, b], [u, v]) => {
        const operator = jacobian(f, { a: tensor(a), b: tensor(b) });
        const rows = Float64Array.from([...u, v, 0, 0, 0, 1]);
        const images = operator.images!(rows, 2)!;
        const expected = [
          operator.apply({ a: tensor(u), b: tensor(v) }),
          operator.apply({ a: tensor([0, 0, 0]), b: tensor(1) }),
        ].flatMap((image) => [...tree.ravel(image).vector.toTypedArray()]);
        expect([...images]).toEqual(expected);
      }),
    );
  });

  test("make the matrix, with the same report", () => {
    const at = { a: tensor([0.3, -0.5, 1]), b: tensor(0.7) };
    const rhs = { a: tensor([1, 2, 3]), b: tensor(4) };
    const operator = jacobian(f, at);
    const [together, single] = [operator, withoutImages(operator)].map((A) =>
      linearSolveWithReport(A, rhs, { method: "lu" }),
    );
    expect(together!.report).toEqual(single!.report);
    expect(together!.report.products).toBe(5);
    expect(together!.x).toEqual(single!.x);
  });

  test("not where a line needs numbers, nor for many unknowns", () => {
    const twice = {
      name: "twice",
      outputs: [zeros([2])],
      apply: ([t]: readonly Tensor[]) => [tensor(t!.toTypedArray()).mul(2)],
      transpose: ([t]: readonly Tensor[]) => [t!.mul(2)],
    };
    const numbers = customJvp(
      (x: Tensor) => x.mul(2),
      ([x], [t]) => ({ value: x.mul(2), tangent: linearCall(twice, [t])[0]! }),
    );
    const operator = jacobian(numbers, tensor([1, 2]));
    expect(operator.images!(Float64Array.of(1, 2, 3, 4), 2)).toBeUndefined();
    expect(linearSolveWithReport(operator, tensor([2, 4]), { method: "lu" }).x).toEqual(tensor([1, 2]));
    const many = jacobian((x: Tensor) => x.mul(2), tensor(new Float64Array(33)));
    expect(many.images!(new Float64Array(33), 1)).toBeUndefined();
  });
});

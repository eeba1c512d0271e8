import { describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import {
  add,
  DTypeError,
  exp,
  expressionOf,
  fuse,
  greater,
  log,
  mul,
  neg,
  primitives as p,
  sin,
  square,
  sub,
  tanh,
  tensor,
  where,
  type Shape,
  type Tensor,
} from "../src/index.js";

const functions: readonly ((a: Tensor, b: Tensor) => Tensor)[] = [
  (a, b) => add(mul(a, b), sin(mul(a, b))),
  (a, b) => where(greater(a, b), tanh(a), exp(neg(b))),
  (a) => sub(2, square(a)),
  (a, b) => where(greater(a, 0), log(add(square(b), 1)), -0).mul(1),
];
const elements = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 6, maxLength: 6 });

describe("fuse", () => {
  test("gives the bits of the operations one by one, for all ways to broadcast", () => {
    const shapes = fc.constantFrom<Shape>([2, 3], [3], [2, 1], [1], []);
    const operand = fc.tuple(elements, shapes).map(([xs, shape]) =>
      tensor(
        xs.slice(
          0,
          shape.reduce((n, m) => n * m, 1),
        ),
        { shape },
      ).div(8),
    );
    fc.assert(
      fc.property(fc.constantFrom(...functions), operand, operand, (f, a, b) => {
        const [found, expected] = [fuse(f)(a, b), f(a, b)];
        expect(found.toTypedArray()).toEqual(expected.toTypedArray());
        expect(found.shape).toEqual(expected.shape);
      }),
    );
  });

  test("is one operation, however often it is applied", () => {
    const evaluate = jest.spyOn(p.fused, "evaluate");
    const f = jest.fn((x: Tensor) => sin(square(x)).add(1));
    const fused = fuse(f);
    fused(tensor([1, 2]));
    fused(tensor(3));
    expect(f).toHaveBeenCalledTimes(1);
    expect(evaluate).toHaveBeenCalledTimes(2);
    evaluate.mockRestore();
  });

  test("keeps float32", () => {
    const x = tensor([0.5, 2], { dtype: "float32" });
    expect(fuse((a: Tensor) => sin(a).mul(a))(x).dtype).toBe("float32");
  });

  test("compares with 0 where it converts to bool", () => {
    const x = tensor([0, -0, 0.25, -3, NaN, 1e-300]);
    const truth = (a: Tensor) => a.mul(0.5).astype("bool");
    const counted = (a: Tensor) => truth(a).astype("float64").add(1);
    for (const f of [truth, counted]) expect(fuse(f)(x).toArray()).toEqual(f(x).toArray());
  });

  test("takes any number of tensors", () => {
    const xs = Array.from({ length: 30 }, (_, i) => tensor([i, 1]));
    const total = (...ts: readonly Tensor[]) => ts.reduce((a, b) => add(a, b));
    expect(fuse(total)(...xs).toArray()).toEqual([435, 30]);
  });

  test("leaves a single operation, an operand and a number what they are", () => {
    const evaluate = jest.spyOn(p.fused, "evaluate");
    const x = tensor([1, 2]);
    expect(fuse((a: Tensor) => mul(a, 1))(x)).toBe(x);
    expect(fuse((a: Tensor) => mul(2, a))(x).toArray()).toEqual([2, 4]);
    expect(fuse((_: Tensor) => tensor(3))(x).item()).toBe(3);
    expect(fuse((_: Tensor) => null)(x)).toBeNull();
    expect(evaluate).not.toHaveBeenCalled();
    evaluate.mockRestore();
  });

  test.each<[string, (a: Tensor) => Tensor]>([
    ["a sum", (a) => a.sum().add(a)],
    ["a mean", (a) => a.mean()],
    ["running sums", (a) => a.cumsum({ axis: 0 }).add(1)],
    ["a transpose", (a) => a.transpose().add(a)],
    ["a part", (a) => a.slice(0)],
    ["other shapes", (a) => a.ravel()],
    ["integers", (a) => a.astype("int32").add(1)],
    ["tensors from outside", (a) => a.add(tensor([1, 2]))],
  ])("refuses %s", (_, f) => {
    expect(() => fuse(f)(tensor([[1, 2]]))).toThrow(DTypeError);
  });
});

test("an expression prints itself, has common parts once and unused parts not at all", () => {
  const expression = expressionOf(
    (_, a, b) => {
      sin(b);
      return add(square(mul(a, b)), mul(a, b));
    },
    ["float64", "float64", "float64"],
  );
  expect(String(expression)).toBe("add(square(mul(v0, v1)), mul(v0, v1))");
  expect(expression!.steps).toHaveLength(3);
});

import { describe, expect, test } from "@jest/globals";
import { ones, tensor, UnknownValueError, type Tensor } from "@cotangent/core-tensor";
import {
  BatchedValueError,
  customJvp,
  customVjp,
  grad,
  jacobian,
  jvp,
  NonScalarError,
  NotDifferentiableError,
  RuleError,
  TangentError,
  tree,
  TreeError,
  valueAndGrad,
  vjp,
  vmap,
} from "@cotangent/autodiff";
import { thrown } from "./thrown.js";

const x = tensor([1, 2, 3]);
const total = (y: Tensor) => y.sum();

describe("the number of an unknown value", () => {
  test("of a tangent that a rule decides by", () => {
    const f = customJvp(
      (y: Tensor) => y,
      ([y], [t]) => ({ value: y, tangent: t.item() > 0 ? t : t.mul(2) }),
    );
    const error = thrown(() => grad(f)(1));
    expect(error).toBeInstanceOf(UnknownValueError);
    expect(error.code).toBe("UNKNOWN_VALUE");
    expect(error.message).toContain("item: this value is a tangent on a tape");
    expect(error.message).toContain("must decide by the values");
  });
  test("of a batch", () => {
    expect(thrown(() => vmap((y: Tensor) => tensor(y.item()))(x))).toBeInstanceOf(BatchedValueError);
  });
});

describe("what has no derivative", () => {
  const count = (y: Tensor) => y.greater(0).sum();
  test("an integer output", () => {
    const error = thrown(() => grad(count)(x));
    expect(error).toBeInstanceOf(NotDifferentiableError);
    expect(error.message).toMatch(
      /^grad: the function must return one real number, but it returned dtype int32/,
    );
    const bool = thrown(() => valueAndGrad((y: Tensor) => y.max().greater(0))(x));
    expect(bool.message).toMatch(/^valueAndGrad: .* returned dtype bool, which has no derivative/);
  });
  test("an integer output of jacobian, named by its path", () => {
    const error = thrown(() => jacobian((y: Tensor) => ({ value: y, order: [y.argsort()] }))(x));
    expect(error).toBeInstanceOf(NotDifferentiableError);
    expect(error.message).toMatch(/^jacobian: the function returned dtype int32 \(result\.order\[0\]\)/);
  });
  test("an output that is not one number", () => {
    const error = thrown(() => grad((y: Tensor) => y)(x));
    expect(error).toBeInstanceOf(NonScalarError);
    expect(error.message).toBe(
      "grad: the function must return one real number, but it returned a tensor of shape [3]. Reduce it (sum, mean), or " +
        "use jacobian",
    );
    expect(thrown(() => grad((_: Tensor) => undefined as unknown as Tensor)(x)).message).toContain(
      "it returned undefined",
    );
    const pair = () =>
      grad(((y: Tensor) => [y.sum()]) as unknown as (y: Tensor) => readonly [Tensor, null], { hasAux: true })(
        x,
      );
    expect(thrown(pair).message).toContain("must return [value, auxiliary], but it returned an array");
  });
  test("a function that is async", () => {
    const f = ((y: Tensor) => Promise.resolve(y.sum())) as unknown as typeof total;
    const error = thrown(() => grad(f)(x));
    expect(error).toBeInstanceOf(NonScalarError);
    expect(error.message).toContain("it returned a Promise: transformed functions cannot be async");
    expect(thrown(() => jvp(f, [x], [x])).message).toContain(
      "a Promise: transformed functions cannot be async",
    );
    expect(thrown(() => vmap(f)(x)).message).toContain("a Promise: transformed functions cannot be async");
  });
  test("an integer inside of an argument, named by its path", () => {
    const p = { layers: [{ w: x, "kernel size": tensor([3], { dtype: "int32" }) }] };
    const f = (_: number, q: typeof p) => q.layers[0]!.w.sum();
    const error = thrown(() => grad(f, { argnums: 1 })(0, p));
    expect(error).toBeInstanceOf(NotDifferentiableError);
    expect(error.message).toMatch(
      /^grad: argument 1\.layers\[0\]\["kernel size"\] has dtype int32, which has no/,
    );
    expect(error.message).toContain("argnums leaves out");
    expect(thrown(() => vjp((y: Tensor) => y, tensor([true]))).message).toMatch(
      /^vjp: argument 0 has dtype bool/,
    );
  });
});

describe("arguments that are no trees", () => {
  test("one that is missing", () => {
    const f = (a: Tensor, b: Tensor) => a.mul(b).sum();
    const call = grad(f, { argnums: [0, 1] }) as (...args: unknown[]) => unknown;
    expect(thrown(() => call(x)).message).toBe(
      "grad: argnums names argument 1, but the call has 1 (they are counted from 0)",
    );
    const error = thrown(() => call(x, undefined));
    expect(error).toBeInstanceOf(TreeError);
    expect(error.message).toMatch(/^grad: argument 1: expected a tensor.*, got undefined: is it missing\?$/);
    const inside = thrown(() => (grad(total) as (p: unknown) => unknown)({ w: [x, undefined] }));
    expect(inside.message).toMatch(/^grad: argument 0\.w\[1\]: .* got undefined/);
  });
  test("one that contains itself", () => {
    const node: { w: Tensor; next: unknown[] } = { w: x, next: [] };
    node.next.push(x, { back: node });
    const error = thrown(() => (grad(total) as (p: unknown) => unknown)(node));
    expect(error).toBeInstanceOf(TreeError);
    expect(error.message).toBe(
      "grad: argument 0.next[1].back: a tree cannot contain itself, but this is grad: argument 0 again",
    );
    expect(tree.leaves({ a: node.w, b: [node.w, node.w] })).toHaveLength(3);
    const shared = [x];
    expect(tree.leaves([shared, shared])).toHaveLength(2);
  });
});

describe("tangents that do not match", () => {
  const f = (p: { w: Tensor; b: Tensor }) => p.w.mul(p.b).sum();
  const p = { w: x, b: tensor(1) };
  const cases: [string, unknown, RegExp][] = [
    [
      "structure",
      { w: x },
      /jvp: tangents: expected the structure of the values, \[\{b: \*, w: \*\}\], got \[\{w: \*\}\]/,
    ],
    [
      "shape",
      { w: ones([2]), b: 1 },
      /^jvp: tangents\[0\]\.w: expected the shape of its value, \[3\], got \[2\]/,
    ],
    [
      "no broadcasting",
      { w: 1, b: 1 },
      /^jvp: tangents\[0\]\.w: expected the shape of its value, \[3\], got \[\]/,
    ],
    ["dtype", { w: ones([3], { dtype: "int32" }), b: 1 }, /^jvp: tangents\[0\]\.w: .* real, got dtype int32/],
    ["bool", { w: x, b: true }, /^jvp: tangents\[0\]\.b: .* real, got dtype bool/],
  ];
  test.each(cases)("%s", (_, tangent, message) => {
    const error = thrown(() => jvp(f, [p], [tangent as typeof p]));
    expect(error).toBeInstanceOf(TangentError);
    expect(error.code).toBe("TANGENT");
    expect(error.message).toMatch(message);
  });
  test("cotangents", () => {
    const { pullback } = vjp((y: Tensor) => ({ a: y, b: y }), x);
    expect(() => pullback({ a: x, b: ones([1]) })).toThrow(TangentError);
    expect(() => pullback({ a: x, b: ones([1]) })).toThrow(
      "pullback: cotangent.b: expected the shape of its value, [3]",
    );
  });
});

describe("a customVjp whose backward closes over a traced value", () => {
  const scaled = (w: Tensor) =>
    customVjp((y: Tensor) => y.mul(w.stopGradient()), {
      forward: (y: Tensor) => ({ value: y.mul(w.stopGradient()), residuals: null }),
      backward: (_, ct) => [ct.mul(w)],
    });
  test("says so, and what to do", () => {
    const error = thrown(() => grad((w: Tensor) => scaled(w)(w.sin()))(2));
    expect(error).toBeInstanceOf(RuleError);
    expect(error.message).toMatch(
      /^customVjp: the backward rule uses a value of shape \[\] that is an argument inside of grad, called at .*errors\.test/,
    );
    expect(error.message).toContain("Make it an argument of the function");
  });
  test("what it says to do works", () => {
    const product = customVjp((y: Tensor, w: Tensor) => y.mul(w), {
      forward: (y: Tensor, w: Tensor) => ({ value: y.mul(w), residuals: { y, w } }),
      backward: ({ y, w }, ct) => [ct.mul(w), ct.mul(y)],
    });
    const want = Math.sin(2) + 2 * Math.cos(2);
    expect(grad((w: Tensor) => product(w.sin(), w))(2).item()).toBeCloseTo(want, 15);
  });
  test("a value of a transformation that is still running is fine", () => {
    const inner = (w: Tensor) => grad((y: Tensor) => scaled(w)(y))(3);
    expect(grad(inner)(2).item()).toBe(1);
  });
  test("other errors of the rule pass through", () => {
    const broken = customVjp((y: Tensor) => y, {
      forward: (y: Tensor) => ({ value: y, residuals: null }),
      backward: () => {
        throw new RangeError("mine");
      },
    });
    expect(() => grad(broken)(1)).toThrow(RangeError);
  });
});

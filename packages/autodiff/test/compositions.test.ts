import { describe, expect, test } from "@jest/globals";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { cond, grad, RuleError, TreeError, vmap, whileLoop } from "@cotangent/autodiff";
import { batch, bounded, checkPair, expectSame, looped, transformations } from "./compositions.js";

const names = Object.keys(transformations);
/** Every fifth pair; compositions.deep.test.ts has all. */
const partners = (i: number) => names.filter((_, j) => (i + j) % 5 === 0);

describe.each(names)("%s", (name) => {
  const T = transformations[name]!;
  test("of a function, batched, is a loop", () => {
    expectSame(
      () => vmap(T(bounded))(batch),
      () => looped(T(bounded))(batch),
    );
  });
  test("of a batched function is that of a loop", () => {
    expectSame(
      () => T(vmap(bounded))(batch),
      () => T(looped(bounded))(batch),
    );
  });
  test.each(partners(names.indexOf(name)))(
    "of %s, with a batch between or around, is that of a loop",
    (inner) => {
      checkPair(name, inner);
    },
  );
});

test("what is refused is forward mode through customVjp", () => {
  const refused = names.filter((name) => {
    try {
      transformations[name]!(transformations["customVjp"]!(bounded))(batch);
      return false;
    } catch (error) {
      return error instanceof RuleError;
    }
  });
  expect(refused).toEqual(["jvp", "linearize", "jacobian", "jacfwd", "jet", "sparseJacobian"]);
});

describe("a condition that differs between examples", () => {
  test("chooses for each of them", () => {
    const f = (x: Tensor) =>
      cond(
        x.greater(0),
        (y) => ({ y: y.sqrt() }),
        (y) => ({ y: y.neg() }),
        x,
      ).y;
    expect(vmap(f)(tensor([4, -3, 9])).toArray()).toEqual([2, 3, 3]);
    expect(grad((x: Tensor) => vmap(f)(x).sum())(tensor([-3, 4])).toArray()).toEqual([-1, 0.25]);
  });
  test("ends a loop for each of them", () => {
    const halve = (x: Tensor) =>
      whileLoop(
        ({ y }) => y.greater(1),
        ({ y, k }) => ({ y: y.div(2), k: k.add(1) }),
        { y: x, k: 0 },
      );
    const { y, k } = vmap(halve)(tensor([12, 0.5, 2]));
    expect([y.toArray(), k.toArray()]).toEqual([[0.75, 0.5, 1], [4, 0, 1]]); // prettier-ignore
    expect(vmap(halve)(tensor([])).y.shape).toEqual([0]);
  });
  test("sees no example that is not meant for it", () => {
    const scaled = (c: Tensor) =>
      vmap((x: Tensor) =>
        cond(
          x.greater(0),
          (y) => y.sqrt().mul(c),
          (y) => y.neg(),
          x,
        ),
      )(tensor([-3, 4])).sum();
    expect(grad(scaled)(3).item()).toBe(2);
    const roots = (x: Tensor) =>
      whileLoop(
        (y: Tensor) => y.greater(1),
        (y) => y.sub(1).sqrt(),
        x,
      );
    const x = tensor([0.5, 5, 1.25]);
    expect(vmap(roots)(x).toArray()).toEqual([0.5, 1, 0.5]);
    // sqrt(sqrt(5 - 1) - 1), with the derivative 1/4 1/2
    expect(grad((z: Tensor) => vmap(roots)(z).sum())(x).toArray()).toEqual([1, 0.125, 1]);
  });
  test("needs results that can be joined", () => {
    const f = (x: Tensor) =>
      cond<readonly [Tensor], unknown>(
        x.greater(0),
        (y) => y,
        (y) => [y, y],
        x,
      );
    expect(f(tensor(1))).toBeDefined();
    expect(() => vmap(f)(tensor([1, -1]))).toThrow(TreeError);
  });
});

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, tree, vjp } from "@cotangent/autodiff";
import { arbShape, arbTensor, arbTree, laws } from "@cotangent/autodiff/testing";

describe("trees", () => {
  // d <x, x> = 2 x, with the type of a tree that is known only at run time
  const square = (y: object) => tree.dot<object>(y, y);
  const gradient = (x: object): object => vjp(square, x).pullback(1)[0];

  test("gradients have the structure of the argument", () => {
    fc.assert(
      fc.property(arbTree(), (x) => {
        const g = gradient(x);
        expect(tree.structure(g)).toEqual(tree.structure(x));
        expect(String(tree.leaves(g))).toBe(String(tree.leaves(tree.scale<object>(2, x))));
      }),
    );
  });
  test("may have more leaves than a function may have arguments", () => {
    const many = new Array<Tensor>(150_000).fill(tensor(3));
    const g = grad((xs: readonly Tensor[]) => xs[7]!.square())(many);
    expect([g.length, g[7]!.item(), g[8]!.item()]).toEqual([many.length, 6, 0]);
  });

  test("ravel and unravel are inverse, and differentiable", () => {
    const leaf = arbTensor({ shape: arbShape({ maxRank: 2 }) });
    fc.assert(
      laws.adjoint<readonly [object]>(
        (x) => tree.ravel(x).unravel(tree.ravel(x).vector.sin()),
        fc.tuple(arbTree({ leaf })),
      ),
      { numRuns: 30 },
    );
  });
});

import { describe, expect, test } from "@jest/globals";
import { linalg, stack, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, hvp, jvp, vmap } from "@cotangent/autodiff";
import { direct, implicit, krylov, root, type Adjoint } from "@cotangent/implicit";

/** x with x^3 + a x = b, element by element and coupled by the mean, found by Newton's method on plain numbers. */
const F = (x: Tensor, { a, b }: { a: Tensor; b: Tensor }) => x.pow(3).add(a.mul(x)).add(x.mean()).sub(b);

function newton({ a, b }: { a: Tensor; b: Tensor }): Tensor {
  let x = b.mul(0);
  for (let k = 0; k < 60; k++) {
    const n = x.size;
    const [xs, as] = [x.toTypedArray(), a.item()];
    const J = tensor(
      Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (_, j) => 1 / n + (i === j ? 3 * xs[i]! ** 2 + as : 0)),
      ),
    );
    x = x.sub(linalg.solve(J, F(x, { a, b })));
  }
  return x;
}

const theta = { a: tensor([1, 2, 3]), b: tensor([[1, 2], [3, -1], [0, 1]]) }; // prettier-ignore

function expectClose(found: Tensor, expected: Tensor): void {
  expect(found.shape).toEqual(expected.shape);
  const wanted = expected.toTypedArray();
  found.toTypedArray().forEach((v, i) => expect(v).toBeCloseTo(wanted[i]!, 9));
}

describe.each<[string, Adjoint]>([
  ["direct", direct()],
  ["krylov", krylov()],
])("under vmap, with %s", (_, adjoint) => {
  const solution = implicit({ solve: newton, conditions: root(F), adjoint });
  const one = (a: Tensor, b: Tensor) => solution({ a, b });
  const batched = (a: Tensor, b: Tensor) => vmap(one)(a, b);
  const looped = (a: Tensor, b: Tensor) => stack([0, 1, 2].map((k) => one(a.slice(k), b.slice(k))));

  test("each example is solved on its own", () => {
    expectClose(batched(theta.a, theta.b), looped(theta.a, theta.b));
  });
  test("derivatives outside of the batch", () => {
    const of = (f: typeof batched) => grad((a: Tensor) => f(a, theta.b).square().sum())(theta.a);
    expectClose(of(batched), of(looped));
    const second = (f: typeof batched) => hvp((a: Tensor) => f(a, theta.b).square().sum(), theta.a, theta.a);
    expectClose(second(batched), second(looped));
  });
  test("derivatives inside of the batch", () => {
    for (const g of [
      (a: Tensor, b: Tensor) => grad((u: Tensor) => one(u, b).square().sum())(a),
      (a: Tensor, b: Tensor) => jvp(one, [a, b], [a, b]).tangent,
      (a: Tensor, b: Tensor) => hvp((u: Tensor) => one(a, u).square().sum(), b, b),
    ]) {
      expectClose(
        vmap(g)(theta.a, theta.b),
        stack([0, 1, 2].map((k) => g(theta.a.slice(k), theta.b.slice(k)))),
      );
    }
  });
});

test("a solution that is not one is refused in any example", () => {
  const wrong = implicit({
    solve: ({ a, b }: { a: Tensor; b: Tensor }) => (a.item() === 2 ? b.mul(0) : newton({ a, b })),
    conditions: root(F),
  });
  expect(() => vmap(grad((a: Tensor, b: Tensor) => wrong({ a, b }).sum()))(theta.a, theta.b)).toThrow(
    "do not hold",
  );
});

test("conditions that close over a batch are refused", () => {
  const f = (c: Tensor) =>
    implicit({ solve: () => tensor(1), conditions: root((x: Tensor, t: Tensor) => x.mul(c).sub(t)) })(
      tensor(1),
    );
  expect(() => vmap(f)(tensor([1, 2]))).toThrow("close over a value traced by vmap");
});

test("an empty batch has no shape", () => {
  const f = implicit({ solve: (t: Tensor) => t, conditions: root((x: Tensor, t: Tensor) => x.sub(t)) });
  expect(() => vmap((t: Tensor) => f(t))(tensor([]))).toThrow("the batch has no examples");
});

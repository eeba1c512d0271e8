import { describe, expect, test } from "@jest/globals";
import { linalg, stack, tensor, type Tensor } from "@cotangent/core-tensor";
import { grad, hvp, jvp, vmap } from "@cotangent/autodiff";
import {
  fromFunction,
  linearSolve,
  scaled,
  matrix,
  type LinearSolveOptions,
  type SolveReport,
} from "@cotangent/linsolve";

const A = tensor([[[4, 1], [2, 3]], [[5, -1], [0, 2]], [[3, 1], [1, 6]]]); // prettier-ignore
const b = tensor([[1, 2], [3, -1], [0, 1]]); // prettier-ignore
const examples = [0, 1, 2];

/** The same function of a batch: by vmap, and by a loop. */
function bothWays(f: (a: Tensor, y: Tensor) => Tensor, inAxes: readonly (0 | null)[]) {
  const batched = (a: Tensor, y: Tensor) => vmap(f, { inAxes: [...inAxes] })(a, y);
  const looped = (a: Tensor, y: Tensor) =>
    stack(examples.map((k) => f(inAxes[0] === 0 ? a.slice(k) : a, inAxes[1] === 0 ? y.slice(k) : y)));
  return [batched, looped] as const;
}

function expectClose(found: Tensor, expected: Tensor): void {
  expect(found.shape).toEqual(expected.shape);
  const wanted = expected.toTypedArray();
  found.toTypedArray().forEach((v, i) => expect(v).toBeCloseTo(wanted[i]!, 9));
}

const solves: Record<string, (a: Tensor, y: Tensor) => Tensor> = {
  lu: (a, y) => linearSolve(a, y, { method: "lu" }),
  auto: (a, y) => linearSolve(a, y),
  gmres: (a, y) => linearSolve(a, y, { method: "gmres" }),
  qr: (a, y) => linearSolve(a, y, { method: "qr" }),
  "a function": (a, y) =>
    linearSolve(
      fromFunction((x: Tensor) => a.matmul(x), { shape: [2] }),
      y,
    ),
  "a scaled matrix": (a, y) => linearSolve(scaled(a.slice(0, 0), matrix(a)), y),
  "a symmetric function": (a, y) =>
    linearSolve(
      fromFunction((x: Tensor) => a.transpose().matmul(a.matmul(x)), {
        shape: [2],
        symmetric: true,
        positiveDefinite: true,
      }),
      y,
      { method: "cg" },
    ),
  "least squares": (a, y) =>
    linearSolve(
      stack([a.slice(0), a.slice(1), a.slice(0).add(1)]),
      stack([y.slice(0), y.slice(1), y.sum()]),
      { method: "qr" },
    ),
};

describe.each(Object.entries(solves))("vmap of a linear solve by %s", (_, solve) => {
  for (const inAxes of [
    [0, 0],
    [0, null],
    [null, 0],
  ] as const) {
    const a = inAxes[0] === 0 ? A : A.slice(0);
    const y = inAxes[1] === 0 ? b : b.slice(0);
    test(`is a loop, with batched operands ${JSON.stringify(inAxes)}`, () => {
      const [batched, looped] = bothWays(solve, inAxes);
      expectClose(batched(a, y), looped(a, y));
    });
    test(`has the derivatives of a loop, inside and outside, with ${JSON.stringify(inAxes)}`, () => {
      const [batched, looped] = bothWays(solve, inAxes);
      for (const argnums of [0, 1] as const) {
        const of = (f: typeof batched) =>
          grad((p: Tensor, q: Tensor) => f(p, q).square().sum(), { argnums })(a, y);
        expectClose(of(batched), of(looped));
        const inner = bothWays(
          (p, q) => grad((u: Tensor, v: Tensor) => solve(u, v).square().sum(), { argnums })(p, q),
          inAxes,
        );
        expectClose(inner[0](a, y), inner[1](a, y));
        const forward = bothWays((p, q) => jvp(solve, [p, q], [p.mul(0.5).add(1), q.neg()]).tangent, inAxes);
        expectClose(forward[0](a, y), forward[1](a, y));
      }
      const second = (f: typeof batched) => hvp((p: Tensor) => f(p, y).square().sum(), a, a.mul(0.5).add(1));
      expectClose(second(batched), second(looped));
      const innerSecond = bothWays(
        (p, q) => hvp((u: Tensor) => solve(u, q).square().sum(), p, p.mul(0.5).add(1)),
        inAxes,
      );
      expectClose(innerSecond[0](a, y), innerSecond[1](a, y));
    });
  }
});

test("nested batches", () => {
  const found = vmap((a: Tensor) => vmap((y: Tensor) => linearSolve(a, y))(b))(A);
  const expected = stack(
    examples.map((k) => stack(examples.map((l) => linalg.solve(A.slice(k), b.slice(l))))),
  );
  expectClose(found, expected);
});

test("one matrix is factored once for all right-hand sides", () => {
  const reports: SolveReport[] = [];
  const options: LinearSolveOptions = { method: "lu", onReport: (report) => reports.push(report) };
  vmap((y: Tensor) => linearSolve(A.slice(0), y, options))(b);
  expect(reports.map(({ factorisations }) => factorisations)).toEqual([1, 0, 0]);
});

test("an empty batch", () => {
  expect(vmap((y: Tensor) => linearSolve(A.slice(0), y))(b.slice([0, 0])).shape).toEqual([0, 2]);
});

import { expect, test } from "@jest/globals";
import { eye, linalg, random, type Tensor } from "@cotangent/core-tensor";
import { grad } from "@cotangent/autodiff";
import { implicit, krylov, direct, root, type Adjoint, type ImplicitReport } from "@cotangent/implicit";
import { jacobian } from "@cotangent/linsolve";
import { replayed } from "../src/replayed.js";

const n = 120;
const noise = random.normal(random.key(3), { shape: [n, n] });
const A = noise.matmul(noise.T);
const x = random.normal(random.key(5), { shape: [n] });
const v = random.normal(random.key(4), { shape: [n] });
const f = (y: Tensor) => A.matmul(y).add(y.roll(1).sin()).add(y.pow(3));

test("products of a tape that are compiled have the same bits, in both directions", () => {
  const J = replayed(jacobian((y: unknown) => f(y as Tensor), x));
  for (const operator of [J, J.transpose(), J.transpose().transpose()]) {
    const expected = (operator.apply(v) as Tensor).toTypedArray();
    for (let k = 0; k < 70; k++) expect((operator.apply(v) as Tensor).toTypedArray()).toEqual(expected);
  }
});

test("the map runs as often as it is asked for numbers, and then no more", () => {
  const base = jacobian((y: unknown) => f(y as Tensor), x);
  let calls = 0;
  const counted = replayed({
    ...base,
    apply: (y) => {
      calls += 1;
      return base.apply(y);
    },
  });
  for (let k = 0; k < 200; k++) counted.apply(v);
  expect(calls).toBe(65);
});

test("a derivative of many products", () => {
  const derivative = (adjoint: Adjoint) => {
    const ridge = implicit({
      solve: (theta: Tensor) => linalg.solve(A.add(eye(n).mul(theta)), v),
      conditions: root((at: Tensor, theta: Tensor) => A.matmul(at).add(at.mul(theta)).sub(v)),
      adjoint,
    });
    let report: ImplicitReport | undefined;
    const gradient = grad((theta: Tensor) => {
      const solved = ridge.withReport(theta);
      report = solved.report;
      return solved.x.square().sum();
    })(1e-3);
    return {
      gradient: gradient.item(),
      products: Math.max(...report!.solves.map(({ products }) => products)),
    };
  };
  const [few, many] = [derivative(direct()), derivative(krylov({ restart: n }))];
  expect(Math.abs(many.gradient / few.gradient - 1)).toBeLessThan(1e-6);
  expect(many.products).toBeGreaterThan(100);
});

import { describe, expect, test } from "@jest/globals";
import { eye, linalg, tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import {
  customJvp,
  grad,
  hessian,
  hvp,
  jacfwd,
  jacobian,
  jacrev,
  jvp,
  linearize,
  vjp,
} from "@cotangent/autodiff";
import {
  auto,
  customFixedPoint,
  customRoot,
  direct,
  implicit,
  krylov,
  oneStep,
  root,
  stationary,
  unroll,
} from "@cotangent/implicit";
import { A, affineFixedPoint, B, blackBox, distance, heron, linearRoot, M, squareRoot } from "./problems.js";

const exact = [auto(), direct(), krylov()];

describe("the derivative of a solution", () => {
  test.each(exact)("of a scalar equation, to third order: $name", (adjoint) => {
    const f = squareRoot({ adjoint });
    expect(f(9).item()).toBe(3);
    expect(grad(f)(9).item()).toBeCloseTo(1 / 6, 14);
    expect(jvp(f, [tensor(9)], [tensor(1)]).tangent.item()).toBeCloseTo(1 / 6, 14);
    const second = grad(grad(f));
    expect(second(9).item()).toBeCloseTo(-1 / 108, 14);
    expect(grad(second)(9).item()).toBeCloseTo(3 / 8 / 243, 13);
    expect(hessian(f)(9).item()).toBeCloseTo(-1 / 108, 14);
  });

  test.each(exact)("of a system with non-symmetric A and B, in both modes: $name", (adjoint) => {
    const want = linalg.solve(A, B);
    const f = linearRoot(adjoint);
    const theta = tensor([1, -2]);
    expect(distance(jacfwd(f)(theta), want)).toBeLessThan(1e-13);
    expect(distance(jacrev(f)(theta), want)).toBeLessThan(1e-13);
    expect(distance(jacobian(f)(theta), want)).toBeLessThan(1e-13);
  });

  test.each(exact)("of a fixed point: $name", (adjoint) => {
    const want = linalg.solve(eye(3).sub(M), eye(3));
    const theta = tensor([1, 2, 3]);
    expect(distance(jacfwd(affineFixedPoint(adjoint))(theta), want)).toBeLessThan(1e-13);
    expect(distance(jacrev(affineFixedPoint(adjoint))(theta), want)).toBeLessThan(1e-13);
  });

  test("second order of a vector problem: x*(theta) with A(theta) x = b", () => {
    // x = (S + theta I)^-1 b, so d2/dtheta2 = 2 (S + theta I)^-3 b; S not symmetric
    const b = tensor([1, -1, 2]);
    const operator = (t: Tensor) => A.add(eye(3).mul(t));
    const f = implicit({
      solve: (t: Tensor) => linalg.solve(operator(t), b),
      conditions: root((x: Tensor, t: Tensor) => operator(t).matmul(x).sub(b)),
    });
    const twice = (v: Tensor, k: number): Tensor =>
      k === 0 ? v : twice(linalg.solve(operator(tensor(0.5)), v), k - 1);
    const want = twice(b, 3).mul(2);
    const first = (t: Tensor) => jvp(f, [t], [tensor(1)]).tangent;
    expect(distance(jvp(first, [tensor(0.5)], [tensor(1)]).tangent, want)).toBeLessThan(1e-13);
    expect(distance(jacfwd(jacrev(f))(0.5), want)).toBeLessThan(1e-13);
    expect(distance(jacrev(jacfwd(f))(0.5), want)).toBeLessThan(1e-13);
    expect(distance(jacrev(jacrev(f))(0.5), want)).toBeLessThan(1e-13);
    const sum = (t: Tensor) => f(t).sum();
    expect(hvp(sum, tensor(0.5), tensor(1)).item()).toBeCloseTo(want.sum().item(), 12);
  });

  test("unrolling and implicit differentiation agree", () => {
    const theta = tensor([1, 2, 3]);
    const unrolled = jacrev(affineFixedPoint(unroll()))(theta);
    expect(distance(unrolled, jacrev(affineFixedPoint())(theta))).toBeLessThan(1e-13);
  });

  test("one step takes dT/dx for zero", () => {
    expect(jacrev(affineFixedPoint(oneStep()))(tensor([1, 2, 3])).toArray()).toEqual(eye(3).toArray());
    expect(() => implicit({ solve: heron, conditions: root((x: Tensor) => x), adjoint: oneStep() })).toThrow(
      "oneStep: needs conditions of the form x = T(x, theta)",
    );
  });

  test("as JAXopt's decorators, init has the derivative zero", () => {
    const solver = (init: Tensor, a: Tensor, b: Tensor) => tensor(init.item() * 0 + b.item() / a.item());
    const f = customRoot((x: Tensor, a: Tensor, b: Tensor) => x.mul(a).sub(b))(solver);
    const [di, da, db] = grad(f, { argnums: [0, 1, 2] })(1, 2, 3);
    expect([di.item(), da.item(), db.item()]).toEqual([0, -0.75, 0.5]);
    const cosine = customFixedPoint((x: Tensor, t: Tensor) => x.cos().add(t))((_: Tensor, t: Tensor) => {
      let x = 0.7;
      for (let k = 0; k < 200; k++) x = Math.cos(x) + t.item();
      return tensor(x);
    });
    expect(grad((t: Tensor) => cosine(tensor(0), t))(0).item()).toBeCloseTo(0.5975100456753034, 12);
  });
});

describe("theta", () => {
  const refuses = customJvp(
    (x: Tensor) => x,
    () => {
      throw new Error("an untouched leaf was differentiated");
    },
  );

  test("is any tree, and untouched leaves cost nothing", () => {
    interface Theta {
      a: Tensor;
      deep: { b: Tensor; list: [Tensor, Tensor] };
    }
    const f = implicit({
      solve: ({ a, deep }: Theta) => a.mul(deep.b).add(deep.list[1]),
      conditions: root((x: Tensor, { a, deep }: Theta) =>
        x.sub(a.mul(refuses(deep.b))).sub(refuses(deep.list[1])),
      ),
    });
    const rest = { b: tensor([2, 3]), list: [tensor(0), tensor([1, 1])] as [Tensor, Tensor] };
    const g = grad((a: Tensor) => f({ a, deep: rest }).sum())(tensor([1, 1]));
    expect(g.toArray()).toEqual([2, 3]);
    expect(() => grad((b: Tensor) => f({ a: tensor([1, 1]), deep: { ...rest, b } }).sum())(rest.b)).toThrow(
      "an untouched leaf was differentiated",
    );
  });

  test("and so is x, with scalars and empty leaves", () => {
    const f = implicit({
      solve: (t: Tensor) => ({ u: t.mul(2), v: [t.square(), zeros([0])] as const }),
      conditions: root((x: { u: Tensor; v: readonly [Tensor, Tensor] }, t: Tensor) => ({
        u: x.u.sub(t.mul(2)),
        v: [x.v[0].sub(t.square()), x.v[1]] as const,
      })),
    });
    const { value, pullback } = vjp(f, tensor(3));
    expect(value.v[0].item()).toBe(9);
    expect(pullback({ u: tensor(1), v: [tensor(1), zeros([0])] })[0].item()).toBe(8);
  });

  test.each([0, 1])("of size %i", (n) => {
    const f = implicit({
      solve: (t: Tensor) => t.mul(3),
      conditions: stationary((x: Tensor, t: Tensor) => x.sub(t.mul(3)).square().sum()),
    });
    expect(jacrev(f)(zeros([n])).toArray()).toEqual(n === 0 ? [] : [[3]]);
    expect(jacfwd(f)(zeros([n])).toArray()).toEqual(n === 0 ? [] : [[3]]);
  });
});

describe("the cost", () => {
  test("one solve, one factorisation, whatever is played afterwards", () => {
    const box = blackBox((theta: Tensor) => linalg.solve(A, B.matmul(theta)));
    let evaluations = 0;
    const f = implicit({
      solve: box.solve,
      conditions: root((x: Tensor, theta: Tensor) => {
        evaluations += 1;
        return A.matmul(x).sub(B.matmul(theta));
      }),
    });
    const reports: ReturnType<typeof f.withReport>["report"][] = [];
    const { pullback, pushforward } = linearize(
      (theta: Tensor) => {
        const { x, report } = f.withReport(theta);
        reports.push(report);
        return x;
      },
      tensor([1, 2]),
    );
    const before = evaluations;
    for (let k = 0; k < 5; k++) pullback(tensor([1, k, 0]));
    pushforward(tensor([1, 0]));
    expect(box.calls()).toBe(1);
    expect(evaluations).toBe(before);
    const report = reports[0]!;
    expect(report.solves.map((solve) => solve.status)).toEqual(new Array(6).fill("converged"));
    expect(report.solves.filter((solve) => solve.transposed)).toHaveLength(5);
    expect(report.solves.reduce((total, solve) => total + solve.factorisations, 0)).toBe(1);
    expect(report.distance).toBeLessThan(1e-14);
  });

  test.each([auto(), direct()])("the certificate shares the factorisation: $name", (adjoint) => {
    const f = implicit({
      solve: (theta: Tensor) => linalg.solve(A, B.matmul(theta)).add(1e-9),
      conditions: root((x: Tensor, theta: Tensor) => A.matmul(x).sub(B.matmul(theta))),
      adjoint,
    });
    const reports: ReturnType<typeof f.withReport>["report"][] = [];
    const { pullback } = vjp(
      (theta: Tensor) => {
        const { x, report } = f.withReport(theta);
        reports.push(report);
        return x;
      },
      tensor([1, 2]),
    );
    pullback(tensor([1, 0, 0]));
    const report = reports[0]!;
    expect(report.certificate?.status).toBe("converged");
    expect(report.distance).toBeCloseTo(1e-9 * Math.sqrt(3), 12);
    const all = [report.certificate!, ...report.solves];
    expect(all).toHaveLength(2);
    expect(all.reduce((total, solve) => total + solve.factorisations, 0)).toBe(1);
  });

  test("nothing but the solve when nothing is differentiated", () => {
    let evaluations = 0;
    const f = implicit({
      solve: heron,
      conditions: root((x: Tensor, t: Tensor) => {
        evaluations += 1;
        return x.square().sub(t);
      }),
    });
    f(2);
    expect(evaluations).toBe(0);
  });
});

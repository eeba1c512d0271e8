import { describe, expect, test } from "@jest/globals";
import { stack, tensor, UnknownValueError, type Tensor } from "@cotangent/core-tensor";
import { grad, jit, vmap } from "@cotangent/autodiff";
import { isSameWithJit, jitCompositions } from "@cotangent/autodiff/testing";
import {
  diagonal,
  fromFunction,
  linearSolve,
  LinearSolveError,
  linearSolver,
  linearSolveWithReport,
  matrix,
  type LinearSolveOptions,
  type MethodName,
  type SolveReport,
} from "@cotangent/linsolve";

const A = tensor([[4, 1, 0.5], [1, 5, -1], [0.5, -1, 3]]); // prettier-ignore
const b = tensor([1, -2, 0.5]);

/** One line registers a method. */
const methods: readonly MethodName[] = [
  "lu",
  "qr",
  "cholesky",
  "cg",
  "minres",
  "gmres",
  "bicgstab",
  "normalCg",
];

/** What a solve may depend on: the values of x are in all places. */
const problems: Record<string, (x: Tensor, options: LinearSolveOptions) => Tensor> = {
  "right-hand side": (x, options) => linearSolve(A, x, options),
  matrix: (x, options) => linearSolve(A.mul(x.square().sum().add(1)), b, options),
  both: (x, options) => linearSolve(A.mul(x.sum().square().add(1)), x.mul(b), options),
  "a function that closes over values": (x, options) => {
    const shift = x.square().sum();
    const apply = (v: Tensor) => A.matmul(v).add(v.mul(shift));
    return linearSolve(fromFunction(apply, { shape: [3], symmetric: true }), b, options);
  },
  "a ridge and a preconditioner": (x, options) => {
    const scale = x.square().sum().add(1);
    const preconditioner = diagonal(tensor([1, 1, 1]).div(scale));
    return linearSolve(A.mul(scale), b, { ...options, ridge: 0.5, preconditioner, x0: b });
  },
};

const at = tensor([0.5, -0.25, 1]);

/** For most, these; for one, all of them. */
const main = ["jit", "jit(grad)", "grad(jit)", "jit(vmap)", "vmap(jit)"];
const mainly = jitCompositions.filter(({ name }) => main.includes(name));

describe.each(methods)("%s", (method) => {
  const f = (x: Tensor) => problems["both"]!(x, { method });
  test.each(mainly)("$name", (composition) => {
    expect(isSameWithJit(composition, f, at, 1e-9)).toBe(true);
  });
});

describe.each(Object.entries(problems))("%s", (_, problem) => {
  const f = (x: Tensor) => problem(x, { method: "gmres" });
  test.each(jitCompositions)("$name", (composition) => {
    expect(isSameWithJit(composition, f, at, 1e-9)).toBe(true);
  });
});

test.each(jitCompositions)("least squares: $name", (composition) => {
  const tall = tensor([[4, 1], [1, 5], [0.5, -1]]); // prettier-ignore
  const f = (x: Tensor) => linearSolve(tall.mul(x.sum().add(2)), b.mul(x.sum()), { method: "qr" });
  expect(isSameWithJit(composition, f, tensor([0.5, 0.25]), 1e-9)).toBe(true);
});

describe("a solve inside of jit", () => {
  const counts = () => {
    const reports: SolveReport[] = [];
    const total = (what: "factorisations" | "products") => reports.reduce((sum, r) => sum + r[what], 0);
    return { reports, total, onReport: (report: SolveReport) => void reports.push(report) };
  };

  test("reports at every run, and factors once for the value and the gradient", () => {
    const { reports, total, onReport } = counts();
    const f = jit(grad((M: Tensor) => linearSolve(M, b, { method: "lu", onReport }).square().sum()));
    for (let run = 1; run <= 3; run++) {
      f(A);
      expect(reports.map(({ transposed }) => transposed).slice(-2)).toEqual([false, true]);
      expect([reports.length, total("factorisations")]).toEqual([2 * run, run]);
    }
  });
  test("prepares a matrix that is known once for all runs", () => {
    const { reports, total, onReport } = counts();
    const solver = linearSolver(matrix(A), { method: "lu", onReport });
    const f = jit((r: Tensor) => solver.solve(solver.solve(r)));
    for (let run = 1; run <= 3; run++) f(b);
    grad(jit((r: Tensor) => f(r).sum()))(b);
    expect([reports.length, total("factorisations")]).toEqual([10, 1]);
  });
  test("starts at a point that is not known yet", () => {
    const { reports, onReport } = counts();
    const f = jit((x0: Tensor) => linearSolve(A, b, { method: "cg", x0, onReport }));
    f(linearSolve(A, b));
    expect(reports[0]!.iterations).toBe(0);
    expect(grad((x0: Tensor) => f(x0).sum())(b).toArray()).toEqual([0, 0, 0]);
  });
  test("fails when it runs, and leaves nothing behind", () => {
    const f = jit((M: Tensor) => linearSolve(M, b, { method: "lu" }).mul(2));
    const singular = A.mul(0);
    for (let run = 0; run < 3; run++) {
      expect(() => f(singular)).toThrow(LinearSolveError);
      expect(f(A).toArray()).toEqual(linearSolve(A, b, { method: "lu" }).mul(2).toArray());
    }
    const returned = jit((M: Tensor) => linearSolve(M, b, { method: "lu", onFailure: "return" }));
    expect(returned(singular).toArray()).toEqual(
      linearSolve(singular, b, { method: "lu", onFailure: "return" }).toArray(),
    );
  });
  test("takes operators and preconditioners that ask for numbers, as outside", () => {
    const numbers = (x: Tensor) => tensor(x.toTypedArray());
    const code = fromFunction((x: Tensor) => A.matmul(numbers(x)), { shape: [3], symmetric: true });
    const half = fromFunction((x: Tensor) => numbers(x).div(2), { shape: [3], symmetric: true });
    const f = (x: Tensor) => linearSolve(code, x, { method: "cg" }).square().sum();
    const g = (x: Tensor) =>
      linearSolve(A.mul(x.sum()), x, { method: "cg", preconditioner: half }).square().sum();
    for (const h of [f, g]) {
      expect(jit(h)(at).item()).toBe(h(at).item());
      expect(jit(grad(h))(at).sub(grad(h)(at)).abs().max().item()).toBeLessThan(1e-12);
    }
    const closes = (s: Tensor) =>
      linearSolve(
        fromFunction((x: Tensor) => numbers(x).mul(s), { shape: [3], symmetric: true }),
        b,
      );
    expect(() => jit(closes)(2)).toThrow(UnknownValueError);
  });
  test("has no report while it is recorded", () => {
    expect(() => jit((M: Tensor) => linearSolveWithReport(M, b).x)(A)).toThrow(
      "Use linearSolve with onReport",
    );
  });
  test("works on one example at a time, with what all share", () => {
    const f = (M: Tensor, r: Tensor) => linearSolve(M, r, { method: "lu" }).square().sum();
    const both = jit(vmap(grad(f), { inAxes: [null, 0] }));
    const rs = stack([b, b.mul(2)]);
    expect(
      both(A, rs)
        .sub(vmap(grad(f), { inAxes: [null, 0] })(A, rs))
        .abs()
        .max()
        .item(),
    ).toBeLessThan(1e-14);
  });
});

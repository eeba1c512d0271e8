import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { matmul, ones, outer, tensor, zeros, type Tensor } from "@cotangent/core-tensor";
import { grad, hvp, jacfwd, jet, jvp, linearize, sparseJacobian, vjp } from "@cotangent/autodiff";
import { checkDerivatives } from "@cotangent/autodiff/testing";
import { arbMatrix, laws } from "@cotangent/linsolve/testing";
import {
  diagonal,
  fromFunction,
  gmres,
  hessian,
  jacobian,
  linearSolve,
  matrix,
  scaled,
  sum,
  type LinearOperator,
  type LinearSolveOptions,
  type SolveReport,
} from "@cotangent/linsolve";
import { general, numbers, symmetric } from "./fixtures.js";

const n = 4;
const A = general(n);
const S = symmetric(n, false);
const b = tensor(numbers(n, 3));
const c = tensor(numbers(n, 4));
const dA = tensor(numbers(n * n, 5)).reshape([n, n]);
const db = tensor(numbers(n, 6));

const gap = (x: Tensor, y: Tensor): number => x.sub(y).norm().item() / (1 + y.norm().item());
const applied = (M: Tensor) => fromFunction((x: Tensor) => matmul(M, x), { shape: [n] });
const symmetricPart = (M: Tensor) => M.add(M.T).mul(0.5);

interface Way {
  readonly name: string;
  readonly build: (M: Tensor) => LinearOperator<Tensor>;
  readonly options: LinearSolveOptions;
  readonly matrix: Tensor;
}

/** One line registers a way to solve in all tests of derivatives. */
const ways: readonly Way[] = [
  { name: "auto, matrix", build: (M) => matrix(M), options: {}, matrix: A },
  { name: "lu, closure", build: applied, options: { method: "lu" }, matrix: A },
  { name: "qr, matrix", build: (M) => matrix(M), options: { method: "qr" }, matrix: A },
  { name: "gmres, closure", build: applied, options: { method: "gmres" }, matrix: A },
  {
    name: "gmres(2), closure",
    build: applied,
    options: { method: gmres({ restart: 2 }), tolerance: { relative: 1e-15 } },
    matrix: A,
  },
  { name: "bicgstab, closure", build: applied, options: { method: "bicgstab" }, matrix: A },
  { name: "normalCg, closure", build: applied, options: { method: "normalCg" }, matrix: A },
  {
    name: "gmres with a preconditioner that is not symmetric",
    build: applied,
    options: { method: "gmres", preconditioner: matrix(general(n, 9)) },
    matrix: A,
  },
  {
    name: "jacobian of a function that closes over A",
    build: (M) => jacobian((x: Tensor) => matmul(M, x), ones([n])),
    options: {},
    matrix: A,
  },
  {
    name: "given transpose",
    build: (M) =>
      fromFunction((x: Tensor) => matmul(M, x), { shape: [n], transpose: (y: Tensor) => matmul(y, M) }),
    options: { method: "bicgstab" },
    matrix: A,
  },
  {
    name: "cholesky, symmetric part",
    build: (M) => matrix(symmetricPart(M)),
    options: { method: "cholesky" },
    matrix: S,
  },
  {
    name: "cg, symmetric closure",
    build: (M) => {
      const part = symmetricPart(M);
      return fromFunction((x: Tensor) => matmul(part, x), { shape: [n], positiveDefinite: true });
    },
    options: { method: "cg" },
    matrix: S,
  },
  {
    name: "minres, hessian that closes over A",
    build: (M) => hessian((x: Tensor) => matmul(M, x).mul(x).sum().mul(0.5), ones([n])),
    options: { method: "minres" },
    matrix: S,
  },
];

describe.each(ways)("$name", ({ build, options, matrix: at }) => {
  const solve = (M: Tensor, rhs: Tensor): Tensor => linearSolve(build(M), rhs, options);
  // By dense matrices, from products with unit vectors.
  const dense = (M: Tensor): Tensor => denseOf(build(M));
  const M = dense(at);
  const dM = dense(at.add(dA)).sub(M);
  const x = linearSolve(M, b, { method: "lu" });
  const lambda = linearSolve(M.T, c, { method: "lu" });

  test("dx = A^-1 (db - dA x)", () => {
    const { value, tangent } = jvp(solve, [at, b], [dA, db]);
    expect(gap(value, x)).toBeLessThan(1e-11);
    expect(gap(tangent, linearSolve(M, db.sub(matmul(dM, x)), { method: "lu" }))).toBeLessThan(1e-11);
    expect(gap(jvp(solve, [at, b], [zeros([n, n]), db]).tangent, linearSolve(M, db))).toBeLessThan(1e-11);
  });

  test("cotangents are A^-T c for b and -A^-T c x^T for A, and can be pulled back later and again", () => {
    const { pullback } = vjp(solve, at, b);
    const symmetricOnly = gap(M, M.T) < 1e-15;
    for (const factor of [1, -2]) {
      const [toA, toB] = pullback(c.mul(factor));
      expect(gap(toB, lambda.mul(factor))).toBeLessThan(1e-11);
      const full = outer(lambda, x).mul(-factor);
      expect(gap(toA, symmetricOnly ? symmetricPart(full) : full)).toBeLessThan(1e-11);
    }
  });

  test("of second order", () => {
    checkDerivatives(solve, [at, b], { order: 2, directions: 1 });
    const f = (Q: Tensor) => solve(Q, b).mul(c).sum();
    // d2x = 2 A^-1 dA A^-1 dA x, where A is linear in what it is built from
    const second = linearSolve(M, matmul(dM, linearSolve(M, matmul(dM, x)))).mul(2);
    const wanted = second.mul(c).sum();
    const forward = jvp((Q: Tensor) => jvp(f, [Q], [dA]).tangent, [at], [dA]).tangent;
    const mixed = hvp(f, at, dA).mul(dA).sum();
    const reverse = grad((Q: Tensor) => grad(f)(Q).mul(dA).sum())(at)
      .mul(dA)
      .sum();
    const other = grad((Q: Tensor) => jvp(f, [Q], [dA]).tangent)(at)
      .mul(dA)
      .sum();
    for (const got of [forward, mixed, reverse, other]) expect(gap(got, wanted)).toBeLessThan(1e-10);
  });

  test("of third order", () => {
    const third = (Q: Tensor) =>
      jvp((P: Tensor) => hvp((R: Tensor) => solve(R, b).mul(c).sum(), P, dA), [Q], [dA]).tangent;
    const step = (v: Tensor) => linearSolve(M, matmul(dM, v));
    // d3x = -6 (A^-1 dA)^3 x
    const wanted = step(step(step(x)))
      .mul(-6)
      .mul(c)
      .sum();
    expect(gap(third(at).mul(dA).sum(), wanted)).toBeLessThan(1e-10);
  });

  test("pullbacks of second derivatives played after their transformation returned", () => {
    const { pullback, pushforward, value } = linearize(
      (Q: Tensor) => grad((R: Tensor) => solve(R, b).mul(c).sum())(Q),
      at,
    );
    const direct = grad((R: Tensor) => solve(R, b).mul(c).sum())(at);
    expect(gap(value, direct)).toBeLessThan(1e-11);
    const H = hvp((R: Tensor) => solve(R, b).mul(c).sum(), at, dA);
    expect(gap(pushforward(dA), H)).toBeLessThan(1e-10);
    expect(gap(pullback(dA)[0], H)).toBeLessThan(1e-10);
    expect(gap(pullback(dA.mul(2))[0], H.mul(2))).toBeLessThan(1e-10);
  });
});

/** The matrix of an operator, column by column. */
function denseOf(operator: LinearOperator<Tensor>): Tensor {
  const units = Array.from({ length: n }, (_, j) =>
    tensor(Float64Array.from({ length: n }, (_, i) => (i === j ? 1 : 0))),
  );
  const columns = units.map((unit) => operator.apply(unit).toTypedArray());
  return tensor(
    Float64Array.from({ length: n * n }, (_, k) => columns[k % n]![Math.floor(k / n)]!),
    { shape: [n, n] },
  );
}

describe("of random systems", () => {
  test("with a matrix", () => {
    fc.assert(
      laws.derivatives((M: Tensor) => matrix(M), arbMatrix({ maxSize: 3 })),
      { numRuns: 20 },
    );
  });
  test("with trees", () => {
    const like = { u: zeros([2]), v: [zeros([])] };
    type Pair = typeof like;
    fc.assert(
      laws.derivatives(
        ({ M, s }: { M: Tensor; s: Tensor }): LinearOperator =>
          sum(matrix<Pair>(M, { like }), scaled(s, diagonal({ u: s.mul(ones([2])), v: [s] }))),
        arbMatrix({ size: 3, structure: "positiveDefinite" }).map((M) => ({ M, s: tensor(0.5) })),
      ),
      { numRuns: 3 },
    );
  });
});

describe("what is counted", () => {
  const record = (): {
    options: LinearSolveOptions;
    factorisations: () => number;
    reports: SolveReport[];
  } => {
    const reports: SolveReport[] = [];
    return {
      reports,
      options: { onReport: (report) => reports.push(report) },
      factorisations: () => reports.reduce((total, report) => total + report.factorisations, 0),
    };
  };

  test("one factorisation serves the value, the tangents and all pullbacks", () => {
    const { options, factorisations, reports } = record();
    const { pullback, pushforward } = linearize((M: Tensor) => linearSolve(M, b, options), A);
    for (let k = 0; k < 5; k++) pullback(c);
    pushforward(dA);
    expect(factorisations()).toBe(1);
    expect(reports.map((report) => report.transposed)).toEqual([false, true, true, true, true, true, false]);
  });

  test("and the second derivatives", () => {
    const { options, factorisations } = record();
    hvp((M: Tensor) => linearSolve(applied(M), b, options).square().sum(), A, dA);
    expect(factorisations()).toBe(1);
  });

  test("a function behind an operator is not run by derivatives with respect to b alone", () => {
    let runs = 0;
    const operator = jacobian(
      (x: Tensor) => {
        runs += 1;
        return matmul(A, x);
      },
      ones([n]),
    );
    grad((rhs: Tensor) => linearSolve(operator, rhs).sum())(b);
    expect(runs).toBe(1);
  });
});

describe("nothing is confused", () => {
  test("an inner derivative with respect to b alone, an outer one with respect to A", () => {
    // d/db c'A^-1 b = A^-T c, and its derivative along dA is -A^-T dA^T A^-T c
    const inner = (M: Tensor) => grad((rhs: Tensor) => linearSolve(M, rhs).mul(c).sum())(b);
    const lambda = linearSolve(A.T, c);
    const wanted = linearSolve(A.T, matmul(dA.T, lambda)).neg();
    expect(gap(jvp(inner, [A], [dA]).tangent, wanted)).toBeLessThan(1e-12);
    const { pullback, pushforward } = linearize(inner, A);
    expect(gap(pushforward(dA), wanted)).toBeLessThan(1e-12);
    const back = pullback(db)[0].mul(dA).sum();
    expect(gap(back, wanted.mul(db).sum())).toBeLessThan(1e-12);
  });

  test("a tangent that depends on an outer variable", () => {
    // d/dt of A(t)^-1 b along t A, with A(t) = t A: the inner derivative is -x / t at every t
    const f = (t: Tensor) => jvp((s: Tensor) => linearSolve(A.mul(s), b), [t], [t]).tangent;
    const x = linearSolve(A, b);
    expect(gap(f(tensor(2)), x.div(-2))).toBeLessThan(1e-14);
    expect(gap(jvp(f, [2], [1]).tangent, x.div(4))).toBeLessThan(1e-14);
    expect(gap(grad((t: Tensor) => f(t).mul(c).sum())(2), x.mul(c).sum().div(4))).toBeLessThan(1e-14);
  });

  test("an operator whose product is itself a solve (a Schur complement)", () => {
    const f = (M: Tensor, method: "lu" | "gmres") => {
      const schur = fromFunction((x: Tensor) => x.mul(3).sub(linearSolve(M, x).mul(0.25)), { shape: [n] });
      return linearSolve(schur, b, { method });
    };
    for (const method of ["lu", "gmres"] as const) {
      checkDerivatives((M: Tensor) => f(M, method), [A], { order: 2, directions: 1 });
    }
  });
});

test("x0 and the preconditioner have no derivative, whatever they close over", () => {
  const f = (t: Tensor) =>
    linearSolve(applied(A), b, { method: "gmres", x0: b.mul(t), preconditioner: scaled(t, matrix(S)) }).sum();
  expect(grad(f)(2).item()).toBe(0);
  expect(jvp(f, [2], [1]).tangent.item()).toBe(0);
});

test("a solve inside of a sparse derivative: all of its result depends on all of its arguments", () => {
  const f = (t: Tensor) => [t.sin(), linearSolve(applied(A), t, { method: "gmres" })];
  const { data, indptr } = sparseJacobian(f, b);
  expect(indptr.toArray()).toEqual([0, 1, 2, 3, 4, 8, 12, 16, 20]);
  const dense = jacfwd((t: Tensor) => f(t)[1]!)(b);
  expect(gap(data.slice([n, null]).reshape([n, n]), dense)).toBeLessThan(1e-9);
});

test("Taylor series are refused, not dropped", () => {
  const of = (f: (x: Tensor) => Tensor) => () => jet(f, [b], [[b]]);
  expect(of((x) => linearSolve(A, x))).toThrow("nested jvp");
  expect(of((x) => linearSolve(A.mul(x.sum()), b))).toThrow("nested jvp");
});

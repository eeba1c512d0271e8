import { describe, expect, test } from "@jest/globals";
import { concatenate, matmul, tensor, type Tensor } from "@cotangent/core-tensor";
import { vjp } from "@cotangent/autodiff";
import { fromFunction, linearSolve, LinearSolveError, matrix } from "@cotangent/linsolve";
import { general, symmetric } from "./fixtures.js";
import { reportOf, vector } from "./report-of.js";

const statusOf = (...args: Parameters<typeof reportOf>) => reportOf(...args).status;

describe("a status says what happened", () => {
  const b = tensor([1, 2]);
  test("singular: exactly, and to working precision", () => {
    expect(
      reportOf(
        tensor([
          [1, 2],
          [2, 4],
        ]),
        b,
        { method: "lu" },
      ),
    ).toMatchObject({ status: "singular", condition: Infinity });
    const nearly = tensor([
      [1, 1],
      [1, 1 + 1e-16],
    ]);
    expect(
      statusOf(
        nearly.add(
          tensor([
            [0, 0],
            [0, 2e-16],
          ]),
        ),
        b,
        { method: "lu" },
      ),
    ).toBe("singular");
    for (const method of ["qr", "gmres", "minres"] as const)
      expect(
        statusOf(
          tensor([
            [1, 2],
            [2, 4],
          ]),
          b.add(tensor([1, 0])),
          { method },
        ),
      ).toBe("singular");
  });
  test("breakdown: with the witness", () => {
    const indefinite = tensor([
      [1, 0],
      [0, -1],
    ]);
    const { status, because } = reportOf(indefinite, b, { method: "cg" });
    expect(status).toBe("breakdown");
    expect(because).toMatch(/<p, A p> \/ <p, p> = -6\.00e-1/);
    expect(
      reportOf(
        tensor([
          [1, 2],
          [0, 1],
        ]),
        b,
        { method: "cg" },
      ).because,
    ).toMatch(/needs a symmetric matrix, but <u, A v>/);
    expect(
      reportOf(
        tensor([
          [1, 2],
          [0, 1],
        ]),
        b,
        { method: "cholesky" },
      ).because,
    ).toMatch(/a\[1, 0\] = 0, a\[0, 1\] = 2/);
    expect(status).toBe(reportOf(indefinite, b, { method: "cholesky" }).status);
    // <r, A r> = 0 for every r
    expect(
      reportOf(
        tensor([
          [0, 1],
          [-1, 0],
        ]),
        b,
        { method: "bicgstab" },
      ).status,
    ).toBe("breakdown");
    expect(
      reportOf(symmetric(3, false), vector(3), {
        method: "cg",
        preconditioner: matrix(symmetric(3, false).neg()),
      }),
    ).toMatchObject({
      status: "breakdown",
    });
  });
  test("stagnated: a cyclic shift gives restarted GMRES nothing to minimise", () => {
    const n = 6;
    const shift = fromFunction((x: Tensor) => concatenate([x.slice([n - 1, n]), x.slice([0, n - 1])]), {
      shape: [n],
    });
    const e = tensor([1, 0, 0, 0, 0, 0]);
    expect(statusOf(shift, e, { method: "gmres", restart: 3 })).toBe("stagnated");
    expect(statusOf(shift, e, { method: "gmres", restart: n })).toBe("converged");
  });
  test("maxIterations", () => {
    for (const method of ["cg", "minres", "gmres", "bicgstab", "normalCg"] as const) {
      const got = reportOf(symmetric(17, false), vector(17), { method, maxIterations: 2 });
      expect(got).toMatchObject({ status: "maxIterations", iterations: 2 });
      expect(reportOf(symmetric(17, false), vector(17), { method, maxIterations: 0 }).iterations).toBe(0);
    }
  });
  test("nonFinite: in A, in b, and by overflow of x", () => {
    for (const method of ["auto", "lu", "qr", "cg", "minres", "gmres", "bicgstab", "normalCg"] as const) {
      expect(
        statusOf(
          tensor([
            [1, NaN],
            [NaN, 1],
          ]),
          b,
          { method },
        ),
      ).toBe("nonFinite");
      expect(
        statusOf(
          tensor([
            [1, Infinity],
            [Infinity, 1],
          ]),
          b,
          { method },
        ),
      ).toBe("nonFinite");
      expect(
        statusOf(
          tensor([
            [1, 0],
            [0, 1],
          ]),
          tensor([1, -Infinity]),
          { method },
        ),
      ).toBe("nonFinite");
    }
    expect(statusOf(tensor([[1e-200]]), tensor([1e200]), { method: "lu" })).toBe("nonFinite");
  });
  test("anything but converged throws, with the report", () => {
    const solve = () =>
      linearSolve(
        tensor([
          [1, 2],
          [2, 4],
        ]),
        b,
      );
    expect(solve).toThrow(LinearSolveError);
    try {
      solve();
    } catch (error) {
      expect(error).toMatchObject({
        code: "LINEAR_SOLVE",
        report: { status: "singular", transposed: false },
      });
      expect(String(error)).toMatch(/pivot|singular to working precision/);
    }
  });
  test("a failed direct solve returns no numbers that look like a solution", () => {
    const x = linearSolve(
      tensor([
        [1, 2],
        [2, 4],
      ]),
      b,
      { onFailure: "return" },
    );
    expect(x.toArray()).toEqual([NaN, NaN]);
  });
  test("failures inside of a derivative throw too, and say that the system was the transposed one", () => {
    let broken = false;
    const A = general(3);
    const operator = fromFunction((x: Tensor) => matmul(A, x), {
      shape: [3],
      transpose: (y: Tensor) => (broken ? y.mul(NaN) : matmul(A.T, y)),
    });
    const { pullback } = vjp((rhs: Tensor) => linearSolve(operator, rhs, { method: "gmres" }), vector(3));
    broken = true;
    expect(() => pullback(vector(3))).toThrow(/transposed system.*nonFinite/);
  });
});
